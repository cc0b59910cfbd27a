package io.glulam.decode;

import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import java.util.Arrays;

/** Values in encoding PLAIN. */
final class PlainDecoders {
    private PlainDecoders() {}

    static ValueDecoder of(Leaf leaf, byte[] page, int from, int to) {
        return switch (leaf.type()) {
            case BOOLEAN -> new Booleans(page, from, to);
            case INT32, FLOAT -> new Ints(page, from, to);
            case INT64, DOUBLE -> new Longs(page, from, to);
            case BYTE_ARRAY -> new ByteArrays(page, from, to);
            case INT96, FIXED_LEN_BYTE_ARRAY -> new FixedBytes(page, from, to, leaf.valueWidth());
        };
    }

    private abstract static class Cursor extends ValueDecoder {
        final byte[] page;
        final int to;
        int position;

        Cursor(byte[] page, int from, int to) {
            this.page = page;
            this.position = from;
            this.to = to;
        }

        /** Moves past {@code count} values of {@code width} bytes and gives the index of the first byte. */
        final int take(int count, int width) {
            long length = (long) count * width;
            if (length > to - position) {
                throw corrupt(count + " values of " + width + " bytes where " + (to - position)
                        + " bytes are left in their page");
            }
            int start = position;
            position += (int) length;
            return start;
        }
    }

    private static final class Booleans extends ValueDecoder {
        private final byte[] page;
        private final long endBit;
        private long bit;

        Booleans(byte[] page, int from, int to) {
            this.page = page;
            this.bit = (long) from << 3;
            this.endBit = (long) to << 3;
        }

        @Override
        void read(ColumnBatch batch, int count) {
            if (count > endBit - bit) {
                throw corrupt("a page of booleans that ends early");
            }
            long[] target = batch.numbersToFill();
            long at = bit;
            for (int i = 0; i < count; i++, at++) {
                target[i] = (page[(int) (at >>> 3)] & 0xffL) >>> ((int) at & 7) & 1;
            }
            bit = at;
        }
    }

    private static final class Ints extends Cursor {
        Ints(byte[] page, int from, int to) {
            super(page, from, to);
        }

        @Override
        void read(ColumnBatch batch, int count) {
            int start = take(count, Integer.BYTES);
            long[] target = batch.numbersToFill();
            for (int i = 0; i < count; i++) {
                target[i] = LittleEndian.getInt(page, start + i * Integer.BYTES);
            }
        }
    }

    private static final class Longs extends Cursor {
        Longs(byte[] page, int from, int to) {
            super(page, from, to);
        }

        @Override
        void read(ColumnBatch batch, int count) {
            int start = take(count, Long.BYTES);
            long[] target = batch.numbersToFill();
            for (int i = 0; i < count; i++) {
                target[i] = LittleEndian.getLong(page, start + i * Long.BYTES);
            }
        }
    }

    private static final class ByteArrays extends Cursor {
        ByteArrays(byte[] page, int from, int to) {
            super(page, from, to);
        }

        @Override
        void read(ColumnBatch batch, int count) {
            int[] starts = batch.plainStartsToFill(page);
            int[] lengths = batch.lengthsToFill();
            int at = position;
            for (int i = 0; i < count; i++) {
                int left = to - at - Integer.BYTES;
                int length = left < 0 ? -1 : LittleEndian.getInt(page, at);
                if (length < 0 || length > left) {
                    throw corrupt("a value of " + Integer.toUnsignedString(length) + " bytes where " + Math.max(0, left)
                            + " are left in its page");
                }
                at += Integer.BYTES;
                starts[i] = at;
                lengths[i] = length;
                at += length;
            }
            position = at;
        }
    }

    private static final class FixedBytes extends Cursor {
        private final int width;

        FixedBytes(byte[] page, int from, int to, int width) {
            super(page, from, to);
            this.width = width;
        }

        @Override
        void read(ColumnBatch batch, int count) {
            int start = take(count, width);
            int[] starts = batch.plainStartsToFill(page);
            Arrays.fill(batch.lengthsToFill(), 0, count, width);
            for (int i = 0; i < count; i++) {
                starts[i] = start + i * width;
            }
        }
    }
}
