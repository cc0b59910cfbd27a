package io.glulam.testkit.bytes;

import io.glulam.testkit.read.Triplets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.parquet.format.Type;

/**
 * Files of lists whose chunks do not hold their row groups' rows, each in one way. Every reader that takes one value
 * after the other reads them; merged, their values would slide into other rows.
 */
public final class MiscountedRows {
    /** Row groups of each file. */
    public static final int ROW_GROUPS = 4;

    private static final int ROWS = 120;

    /** What is wrong; the chunk's values stay as they are. */
    public enum Fault {
        /** One element of a list begins a row of its own. */
        A_ROW_TOO_MANY {
            @Override
            void in(FileScript file, Telling telling) {
                split(file, 1, LIST, telling);
            }
        },
        /** A list goes on with the elements of the next. */
        A_ROW_TOO_FEW {
            @Override
            void in(FileScript file, Telling telling) {
                join(file, 1, LIST, telling);
            }
        },
        /** The first elements belong to the last row of the row group before. */
        BEGINS_WITHIN_A_ROW {
            @Override
            void in(FileScript file, Telling telling) {
                set(chunk(file, 2, LIST), 0, 1, telling);
            }
        },
        /** As before, in the very first row group, and the number of rows is right. */
        BEGINS_WITHIN_A_ROW_COUNTED_RIGHT {
            @Override
            void in(FileScript file, Telling telling) {
                split(file, 0, LIST, telling);
                set(chunk(file, 0, LIST), 0, 1, telling);
            }
        },
        /** One row too many here, one too few there. */
        CANCELS_BETWEEN_ROW_GROUPS {
            @Override
            void in(FileScript file, Telling telling) {
                split(file, 1, LIST, telling);
                join(file, 2, LIST, telling);
            }
        },
        /** One row too many in one column, one too few in another. */
        CANCELS_BETWEEN_COLUMNS {
            @Override
            void in(FileScript file, Telling telling) {
                split(file, 1, LIST, telling);
                join(file, 1, NESTED, telling);
            }
        },
        /** Twice as many rows as there should be, as a field that is written twice leaves them. */
        EVERY_ROW_TWICE {
            @Override
            void in(FileScript file, Telling telling) {
                ChunkScript chunk = chunk(file, 3, LIST);
                for (int i = 1; i < chunk.triplets().count(); i++) {
                    if (isElement(chunk, i)) {
                        set(chunk, i, 0, telling);
                    }
                }
            }
        },
        /** A list of lists, in which a level between the highest and the lowest begins the chunk. */
        NESTED_BEGINS_WITHIN_A_ROW {
            @Override
            void in(FileScript file, Telling telling) {
                set(chunk(file, 1, NESTED), 0, 2, telling);
            }
        };

        abstract void in(FileScript file, Telling telling);
    }

    /** Who else knows of the fault. */
    public enum Telling {
        /** Page headers, indexes and statistics tell what the levels tell; only the row group does not. */
        ALL,
        /** Page headers, indexes and statistics say, as the row group does, what would be right. */
        LEVELS_ONLY
    }

    /** Positions of the leaves: a number, a list, a list of lists of texts. */
    public static final int LIST = 1;

    public static final int NESTED = 2;

    private MiscountedRows() {}

    /**
     * A sound file, without a null, in pages of about thirty rows that end between rows.
     *
     * @param form of each chunk
     * @param poolSize distinct values of each chunk; half of them are its own
     */
    public static FileScript sound(long seed, int poolSize, Consumer<ChunkScript> form) {
        FileScript file = new FileScript(
                new SchemaScript()
                        .required("id", Type.INT64)
                        .list("numbers", 1, Type.INT32)
                        .list("words", 2, Type.BYTE_ARRAY)
                        .build(),
                seed);
        RandomRows random = new RandomRows(new Random(seed));
        for (int group = 0; group < ROW_GROUPS; group++) {
            List<ChunkScript> chunks = file.leaves().stream()
                    .map(leaf -> new ChunkScript(
                                    leaf, random.column(leaf, ROWS, random.pool(leaf.element(), poolSize), 0))
                            .evenPages(60))
                    .toList();
            chunks.forEach(form);
            file.rowGroup(new RowGroupScript(ROWS, chunks));
        }
        return file;
    }

    /** The same file with a fault. */
    public static FileScript with(Fault fault, Telling telling, long seed, int poolSize, Consumer<ChunkScript> form) {
        FileScript file = sound(seed, poolSize, form);
        fault.in(file, telling);
        return file;
    }

    private static ChunkScript chunk(FileScript file, int rowGroup, int leaf) {
        return file.rowGroups().get(rowGroup).chunks().get(leaf);
    }

    /** Makes an element in the middle begin a row. */
    private static void split(FileScript file, int rowGroup, int leaf, Telling telling) {
        ChunkScript chunk = chunk(file, rowGroup, leaf);
        int at = chunk.triplets().count() / 2;
        while (!isElement(chunk, at)) {
            at++;
        }
        set(chunk, at, 0, telling);
    }

    /** Makes a row in the middle one with the row before. */
    private static void join(FileScript file, int rowGroup, int leaf, Telling telling) {
        ChunkScript chunk = chunk(file, rowGroup, leaf);
        int at = chunk.triplets().count() / 2;
        while (chunk.triplets().repetitionLevels()[at] != 0 || beginsPage(chunk, at)) {
            at++;
        }
        set(chunk, at, 1, telling);
    }

    private static boolean isElement(ChunkScript chunk, int at) {
        return chunk.triplets().repetitionLevels()[at] > 0;
    }

    private static boolean beginsPage(ChunkScript chunk, int at) {
        return chunk.pages().stream().anyMatch(page -> page.from == at);
    }

    private static void set(ChunkScript chunk, int at, int level, Telling telling) {
        Triplets triplets = chunk.triplets();
        if (telling == Telling.ALL) {
            triplets.repetitionLevels()[at] = level;
            return;
        }
        for (PageScript page : chunk.pages()) {
            if (page.from <= at && at < page.to) {
                page.tamperRepetitionLevels(page.repetition.andThen(levels -> {
                    levels[at - page.from] = level;
                    return levels;
                })::apply);
            }
        }
    }
}
