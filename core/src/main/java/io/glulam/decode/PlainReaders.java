package io.glulam.decode;

import io.glulam.format.Leaf;
import io.glulam.page.LittleEndian;

/** Values in encoding PLAIN, and those that are stored like it. */
final class PlainReaders {
    private PlainReaders() {}

    static ValueReader of(Leaf leaf, byte[] page, int from, int to) {
        return switch (leaf.type()) {
            case BOOLEAN -> new Booleans(page, from, to);
            case INT32, FLOAT -> new Ints(page, from, to);
            case INT64, DOUBLE -> new Longs(page, from, to);
            case BYTE_ARRAY -> new ByteArrays(page, from, to);
            case INT96, FIXED_LEN_BYTE_ARRAY -> new FixedBytes(page, from, to, leaf.valueWidth());
        };
    }

    /** Numbers of a run as values: indices into a dictionary, or booleans. */
    static final class Runs extends ValueReader {
        private final RunReader runs;

        Runs(RunReader runs) {
            this.runs = runs;
        }

        @Override
        long readBits() {
            return runs.next();
        }
    }

    /** Values by their index in the dictionary. */
    static final class Indexed extends ValueReader {
        private final RunReader indices;
        private final PlainEntries entries;

        Indexed(RunReader indices, PlainEntries entries) {
            this.indices = indices;
            this.entries = entries;
        }

        @Override
        long readBits() {
            return entries.bits(indices.next());
        }

        @Override
        void readBytes(ByteSlice target) {
            entries.bytes(indices.next(), target);
        }
    }

    private abstract static class Cursor extends ValueReader {
        final byte[] page;
        final int to;
        private int position;

        Cursor(byte[] page, int from, int to) {
            this.page = page;
            this.position = from;
            this.to = to;
        }

        /** Moves past {@code length} bytes and gives the index of the first. */
        final int take(int length) {
            if (length < 0 || length > to - position) {
                throw corrupt("a value of " + Integer.toUnsignedString(length) + " bytes where " + (to - position)
                        + " are left in its page");
            }
            int start = position;
            position += length;
            return start;
        }
    }

    private static final class Booleans extends ValueReader {
        private final byte[] page;
        private final long endBit;
        private long bit;

        Booleans(byte[] page, int from, int to) {
            this.page = page;
            this.bit = (long) from << 3;
            this.endBit = (long) to << 3;
        }

        @Override
        long readBits() {
            if (bit >= endBit) {
                throw corrupt("a page of booleans that ends early");
            }
            int value = page[(int) (bit >>> 3)] >>> ((int) bit & 7) & 1;
            bit++;
            return value;
        }
    }

    private static final class Ints extends Cursor {
        Ints(byte[] page, int from, int to) {
            super(page, from, to);
        }

        @Override
        long readBits() {
            return LittleEndian.getInt(page, take(Integer.BYTES));
        }
    }

    private static final class Longs extends Cursor {
        Longs(byte[] page, int from, int to) {
            super(page, from, to);
        }

        @Override
        long readBits() {
            return LittleEndian.getLong(page, take(Long.BYTES));
        }
    }

    private static final class ByteArrays extends Cursor {
        ByteArrays(byte[] page, int from, int to) {
            super(page, from, to);
        }

        @Override
        void readBytes(ByteSlice target) {
            int length = LittleEndian.getInt(page, take(Integer.BYTES));
            target.set(page, take(length), length);
        }
    }

    private static final class FixedBytes extends Cursor {
        private final int width;

        FixedBytes(byte[] page, int from, int to, int width) {
            super(page, from, to);
            this.width = width;
        }

        @Override
        void readBytes(ByteSlice target) {
            target.set(page, take(width), width);
        }
    }
}
