package io.glulam.statistics;

import io.glulam.statistics.BelievedClaims.Contradiction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    private static final Struct[] STRUCTS = Struct.values();

    /** Of each struct, the first reason; null while there is none, as of nearly all of millions of chunks. */
    private @Nullable String @Nullable [] problems;

    /** Notes a struct that is contradicted by itself, by the schema or by what was counted. */
    void addIf(boolean contradiction, Struct struct, String problem) {
        if (contradiction) {
            note(struct, problem);
        }
    }

    private void note(Struct struct, String problem) {
        @Nullable String[] known = problems == null ? new String[STRUCTS.length] : problems;
        if (known[struct.ordinal()] == null) {
            known[struct.ordinal()] = problem;
        }
        problems = known;
    }

    /** Notes two structs that contradict each other. */
    void addBothIf(boolean contradiction, Struct left, Struct right, String problem) {
        addIf(contradiction, left, problem);
        addIf(contradiction, right, problem);
    }

    boolean contains(Struct struct) {
        return problems != null && problems[struct.ordinal()] != null;
    }

    List<Contradiction> list() {
        if (problems == null) {
            return List.of();
        }
        List<Contradiction> list = new ArrayList<>();
        for (Struct struct : STRUCTS) {
            String problem = problems[struct.ordinal()];
            if (problem != null) {
                list.add(new Contradiction(struct.word, problem));
            }
        }
        return list;
    }
}
