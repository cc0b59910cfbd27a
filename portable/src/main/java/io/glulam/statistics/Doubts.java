package io.glulam.statistics;

import io.glulam.statistics.BelievedClaims.Contradiction;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects which structs of a column chunk are contradicted, each with the first reason. Not thread-safe. */
final class Doubts {
    /** A struct that is believed or not as a whole. */
    enum Struct {
        STATISTICS("statistics"),
        SIZES("size statistics"),
        COLUMN_INDEX("column index");

        private final String word;

        Struct(String word) {
            this.word = word;
        }
    }

    private final Map<Struct, String> problems = new EnumMap<>(Struct.class);

    /** Notes a struct that is contradicted by itself, by the schema or by what was counted. */
    void addIf(boolean contradiction, Struct struct, String problem) {
        if (contradiction) {
            problems.putIfAbsent(struct, problem);
        }
    }

    /** Notes two structs that contradict each other. */
    void addBothIf(boolean contradiction, Struct left, Struct right, String problem) {
        addIf(contradiction, left, problem);
        addIf(contradiction, right, problem);
    }

    boolean contains(Struct struct) {
        return problems.containsKey(struct);
    }

    List<Contradiction> list() {
        List<Contradiction> list = new ArrayList<>();
        problems.forEach((struct, problem) -> list.add(new Contradiction(struct.word, problem)));
        return list;
    }
}
