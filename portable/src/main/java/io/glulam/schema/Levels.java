package io.glulam.schema;

import java.util.Arrays;

/**
 * A place in the trees of a file's schema and of an output's, and what definition levels mean there.
 *
 * @param levels of each definition level in the file that ends above, that in the output
 * @param repetitionLevel in the output
 * @param definitionLevel in the output
 */
@SuppressWarnings("ArrayRecordComponent")
record Levels(int[] levels, int repetitionLevel, int definitionLevel) {
    static final Levels ROOT = new Levels(new int[0], 0, 0);

    Levels below(boolean definesInFile, boolean definesInOutput, boolean repeated) {
        int[] more = levels;
        if (definesInFile) {
            more = Arrays.copyOf(levels, levels.length + 1);
            more[levels.length] = definitionLevel;
        }
        return new Levels(more, repetitionLevel + (repeated ? 1 : 0), definitionLevel + (definesInOutput ? 1 : 0));
    }

    /** Of each definition level in the file up to {@code max}: from here on, all mean that this place exists. */
    int[] upTo(int max) {
        return upTo(max, definitionLevel);
    }

    /** As {@link #upTo(int)}: from here on, all mean {@code inside}. */
    int[] upTo(int max, int inside) {
        int[] all = Arrays.copyOf(levels, max + 1);
        Arrays.fill(all, levels.length, max + 1, inside);
        return all;
    }

    /** Returns how the file's leaf column with this place provides the output's: as it is, or with other levels. */
    ColumnFit fit(int column) {
        return fit(column, upTo(levels.length));
    }

    /** As above, by the map of definition levels. */
    static ColumnFit fit(int column, int[] map) {
        return isIdentity(map) ? new ColumnFit.AsIs(column) : new ColumnFit.OtherLevels(column, map);
    }

    private static boolean isIdentity(int[] map) {
        for (int i = 0; i < map.length; i++) {
            if (map[i] != i) {
                return false;
            }
        }
        return true;
    }
}
