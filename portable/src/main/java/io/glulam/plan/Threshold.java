package io.glulam.plan;

/** The compressed size under which a row group counts as a fragment. */
public sealed interface Threshold {
    /** 2 MiB. */
    Threshold DEFAULT = new Fixed(2L << 20);

    /** Grows with the file, see {@code io.glulam.policy.FragmentPolicy}. */
    Threshold AUTO = new Auto();

    /**
     * One size for every file.
     *
     * @param bytes compressed bytes of a row group; at least 1
     */
    record Fixed(long bytes) implements Threshold {
        public Fixed {
            if (bytes < 1) {
                throw new IllegalArgumentException("the threshold must be at least 1 byte, not " + bytes);
            }
        }
    }

    /** A size that the policy picks from the size of the file. */
    record Auto() implements Threshold {}
}
