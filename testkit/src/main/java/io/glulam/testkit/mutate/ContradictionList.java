package io.glulam.testkit.mutate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;

/** Contradictions, in the order in which they are added. Not thread-safe. */
final class ContradictionList {
    private final List<Contradiction> all = new ArrayList<>();

    /** Makes a structure tell something else. */
    @FunctionalInterface
    interface Change<T> {
        void in(T struct, Random random);
    }

    /** Returns all that were added. */
    List<Contradiction> all() {
        return List.copyOf(all);
    }

    void add(String name, Contradiction.Telling telling) {
        all.add(new Contradiction(name, telling));
    }

    /** Adds one of a chunk's entry in the footer. */
    void entry(String name, Change<ColumnMetaData> change) {
        add(name, (chunk, random) -> {
            Consumer<ColumnMetaData> seeded = seeded(change, random);
            chunk.tamper(entry -> seeded.accept(entry.getMeta_data()));
        });
    }

    /** Returns a change that draws the same numbers each time that it is made. */
    static <T> Consumer<T> seeded(Change<T> change, Random random) {
        long seed = random.nextLong();
        return struct -> change.in(struct, new Random(seed));
    }
}
