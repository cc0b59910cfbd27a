package io.glulam.plan;

/**
 * Everything besides the source that decides the bytes of the output. Memory, threads and the folder for temporary
 * files are not here, because they must not influence them.
 *
 * @param threshold under which compressed size a row group is a fragment
 * @param targetBytes most compressed bytes of a merged row group, by the sizes of its sources; at least 1
 * @param maxRows most rows of a merged row group; at least 1
 * @param pageBytes uncompressed bytes that a written page aims at; at least 1
 * @param pageRows most rows of a written page; at least 1
 * @param order in which order row groups are written
 * @param effort how far merging may go beyond moving bytes
 * @param verify how the output is proven
 * @param strict whether to refuse what could otherwise only be carried with a loss that no reader notices
 * @param dictionaryCapBytes most uncompressed bytes of a union dictionary, unless a source's own is larger; at least 0
 */
public record Settings(
        Threshold threshold,
        long targetBytes,
        long maxRows,
        int pageBytes,
        int pageRows,
        Order order,
        Effort effort,
        Verify verify,
        boolean strict,
        long dictionaryCapBytes) {

    private static final Settings DEFAULTS = new Settings(
            Threshold.DEFAULT,
            128L << 20,
            1L << 20,
            1 << 20,
            20_000,
            Order.PRESERVE,
            Effort.COPY,
            Verify.STRUCTURE,
            false,
            1L << 20);

    public Settings {
        atLeast(1, targetBytes, "the target size of a row group");
        atLeast(1, maxRows, "the most rows of a row group");
        atLeast(1, pageBytes, "the size of a page");
        atLeast(1, pageRows, "the most rows of a page");
        atLeast(0, dictionaryCapBytes, "the cap of a union dictionary");
    }

    /** 2 MiB threshold; 128 MiB or 1,048,576 rows a row group; 1 MiB or 20,000 rows a page; order kept; copy. */
    public static Settings defaults() {
        return DEFAULTS;
    }

    /** These settings with another threshold. */
    public Settings withThreshold(Threshold other) {
        return new Settings(
                other, targetBytes, maxRows, pageBytes, pageRows, order, effort, verify, strict, dictionaryCapBytes);
    }

    /** These settings with another most of compressed bytes a merged row group. */
    public Settings withTargetBytes(long other) {
        return new Settings(
                threshold, other, maxRows, pageBytes, pageRows, order, effort, verify, strict, dictionaryCapBytes);
    }

    /** These settings with another most of rows a merged row group. */
    public Settings withMaxRows(long other) {
        return new Settings(
                threshold, targetBytes, other, pageBytes, pageRows, order, effort, verify, strict, dictionaryCapBytes);
    }

    /** These settings with other targets of a written page. */
    public Settings withPages(int otherBytes, int otherRows) {
        return new Settings(
                threshold,
                targetBytes,
                maxRows,
                otherBytes,
                otherRows,
                order,
                effort,
                verify,
                strict,
                dictionaryCapBytes);
    }

    /** These settings with another order. */
    public Settings withOrder(Order other) {
        return new Settings(
                threshold,
                targetBytes,
                maxRows,
                pageBytes,
                pageRows,
                other,
                effort,
                verify,
                strict,
                dictionaryCapBytes);
    }

    /** These settings with another effort. */
    public Settings withEffort(Effort other) {
        return new Settings(
                threshold, targetBytes, maxRows, pageBytes, pageRows, order, other, verify, strict, dictionaryCapBytes);
    }

    /** These settings with another depth of verification. */
    public Settings withVerify(Verify other) {
        return new Settings(
                threshold, targetBytes, maxRows, pageBytes, pageRows, order, effort, other, strict, dictionaryCapBytes);
    }

    /** These settings, strict or not. */
    public Settings withStrict(boolean other) {
        return new Settings(
                threshold, targetBytes, maxRows, pageBytes, pageRows, order, effort, verify, other, dictionaryCapBytes);
    }

    /** These settings with another cap of union dictionaries. */
    public Settings withDictionaryCapBytes(long other) {
        return new Settings(threshold, targetBytes, maxRows, pageBytes, pageRows, order, effort, verify, strict, other);
    }

    private static void atLeast(long least, long value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", not " + value);
        }
    }
}
