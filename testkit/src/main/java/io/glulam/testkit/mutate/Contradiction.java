package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.ChunkScript;
import java.util.List;
import java.util.Random;

/**
 * One number of a column chunk that one witness tells otherwise than all others: the column index, the offset index, the
 * chunk's statistics, its size statistics, its page headers, its bloom filter, its dictionary or its entry. Whatever else
 * the chunk says is true. A contradiction that needs a structure which the chunk does not have changes nothing.
 */
public record Contradiction(String name, Telling telling) {
    /** Makes a chunk tell it. */
    public interface Telling {
        void in(ChunkScript chunk, Random random);
    }

    private static final List<Contradiction> ALL = list();

    private static List<Contradiction> list() {
        ContradictionList list = new ContradictionList();
        ColumnIndexContradictions.addTo(list);
        OffsetIndexContradictions.addTo(list);
        StatisticsContradictions.addTo(list);
        PageHeaderContradictions.addTo(list);
        AidContradictions.addTo(list);
        FormContradictions.addTo(list);
        return list.all();
    }

    /** All that are known, in the same order every time. */
    public static List<Contradiction> all() {
        return ALL;
    }

    @Override
    public String toString() {
        return name;
    }
}
