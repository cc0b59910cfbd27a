package io.glulam.join;

import java.util.Arrays;
import java.util.BitSet;

/** The row groups of a joined file, by the inputs that they come from. Complete when each input was added. */
final class JoinedRowGroups {
    private final boolean beginsWithObject;
    /** For each input, its first row group's number in the joined file; then the number of all. */
    private final int[] firsts;

    private final BitSet cut = new BitSet();

    /** @param beginsWithObject whether the first input's first row group is the first one in its own file, too */
    JoinedRowGroups(int inputs, boolean beginsWithObject) {
        this.firsts = new int[inputs + 1];
        this.beginsWithObject = beginsWithObject;
    }

    /**
     * Adds the row groups of an input, after those of all inputs before it.
     *
     * @param end one past the number of its last row group
     * @param isCut whether rows of them are deleted
     */
    void add(int input, int end, boolean isCut) {
        firsts[input + 1] = end;
        if (isCut) {
            cut.set(firsts[input], end);
        }
    }

    /** Returns the number of row groups. */
    int count() {
        return firsts[firsts.length - 1];
    }

    /** Returns the number of an input's first row group. */
    int first(int input) {
        return firsts[input];
    }

    /** Returns the input that a row group comes from. */
    int inputOf(int rowGroup) {
        int found = Arrays.binarySearch(firsts, rowGroup);
        // Of inputs without row groups at the same number, the last one has it.
        int input = found >= 0 ? found : -found - 2;
        while (firsts[input + 1] == firsts[input]) {
            input++;
        }
        return input;
    }

    /** Returns whether the bytes before a row group are not those that stand before it in its own file. */
    boolean followsOtherObject(int rowGroup) {
        int input = inputOf(rowGroup);
        return cut.get(rowGroup) || firsts[input] == rowGroup && (input > 0 || !beginsWithObject);
    }
}
