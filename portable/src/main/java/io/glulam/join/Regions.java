package io.glulam.join;

import io.glulam.footer.FileMagic;
import java.util.Arrays;
import java.util.List;

/**
 * Where the regions of the inputs lie in the joined object: one after the other, from its first byte on or after the magic. What
 * is made comes after them. Immutable.
 */
final class Regions {
    /** A file begins with the magic; where no input's beginning does that, it is made. */
    static final byte[] MAGIC = FileMagic.bytes();

    /** For each input, where in it its region begins. */
    private final long[] starts;
    /** For each input, where in the joined object its region begins; then where the last one ends. */
    private final long[] bases;

    private Regions(long[] starts, long[] bases) {
        this.starts = starts;
        this.bases = bases;
    }

    /**
     * Lays out the regions of slices.
     *
     * @throws ArithmeticException if they are longer than 2<sup>63</sup> bytes
     */
    static Regions of(List<Slice> slices) {
        long[] starts = new long[slices.size()];
        long[] bases = new long[slices.size() + 1];
        for (int i = 0; i < starts.length; i++) {
            Slice slice = slices.get(i);
            starts[i] = slice.start();
            if (i == 0) {
                bases[0] = slice.start() == 0 ? 0 : MAGIC.length;
            }
            bases[i + 1] = Math.addExact(bases[i], slice.length());
        }
        return new Regions(starts, bases);
    }

    /** Returns where in the joined object the first region begins. */
    long start() {
        return bases[0];
    }

    /** Returns where in the joined object the last region ends. */
    long end() {
        return bases[bases.length - 1];
    }

    /** Returns where in the joined object the region of an input ends. */
    long end(int input) {
        return bases[input + 1];
    }

    /** Returns what is added to a place in an input to get its place in the joined object. */
    long shift(int input) {
        return bases[input] - starts[input];
    }

    /** Returns whether a byte of the joined object is one of an input. */
    boolean hold(long position) {
        return position >= start() && position < end();
    }

    /** Returns whether a byte of the joined object is one of that input. */
    boolean hold(long position, int input) {
        return position >= bases[input] && position < bases[input + 1];
    }

    /** Returns the input that a byte is of; it must be one of an input. */
    int inputAt(long position) {
        int found = Arrays.binarySearch(bases, position);
        // Of inputs with an empty region at the same base, the last one has the bytes.
        int input = found >= 0 ? found : -found - 2;
        while (bases[input + 1] == bases[input]) {
            input++;
        }
        return input;
    }
}
