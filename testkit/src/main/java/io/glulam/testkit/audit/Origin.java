package io.glulam.testkit.audit;

/**
 * Where a row group of the output comes from.
 *
 * @param kept whether its bytes are those of the only source
 * @param sources numbers of the source's row groups, in the order of their rows; not to be changed
 */
public record Origin(boolean kept, int[] sources) {
    public static Origin kept(int source) {
        return new Origin(true, new int[] {source});
    }

    public static Origin merged(int... sources) {
        return new Origin(false, sources);
    }
}
