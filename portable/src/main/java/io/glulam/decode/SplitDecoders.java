package io.glulam.decode;

import io.glulam.format.Leaf;
import java.util.Arrays;

/** Values in encoding BYTE_STREAM_SPLIT: all first bytes, then all second ones, and so on. */
final class SplitDecoders {
    private SplitDecoders() {}

    static ValueDecoder of(Leaf leaf, byte[] page, int from, int to) {
        int width = leaf.valueWidth();
        if (width > 0 && (to - from) % width != 0) {
            throw ValueDecoder.corrupt("byte streams of " + (to - from) + " bytes for values of " + width);
        }
        return switch (leaf.type()) {
            case INT32, FLOAT -> new Ints(page, from, (to - from) / Integer.BYTES);
            case INT64, DOUBLE -> new Longs(page, from, (to - from) / Long.BYTES);
            default -> new FixedBytes(page, from, width, width == 0 ? Integer.MAX_VALUE : (to - from) / width);
        };
    }

    private abstract static class Streams extends ValueDecoder {
        final byte[] page;
        final int from;
        final int count;
        private int next;

        Streams(byte[] page, int from, int count) {
            this.page = page;
            this.from = from;
            this.count = count;
        }

        /** Moves past {@code wanted} values and gives the index of the first one's first byte. */
        final int take(int wanted) {
            if (wanted > count - next) {
                throw corrupt("byte streams of " + count + " values, fewer than their page");
            }
            int first = from + next;
            next += wanted;
            return first;
        }
    }

    private static final class Ints extends Streams {
        Ints(byte[] page, int from, int count) {
            super(page, from, count);
        }

        @Override
        void read(ColumnBatch batch, int wanted) {
            int first = take(wanted);
            int second = first + count;
            int third = second + count;
            int fourth = third + count;
            long[] target = batch.numbersToFill();
            for (int i = 0; i < wanted; i++) {
                target[i] = page[first + i] & 0xff
                        | (page[second + i] & 0xff) << 8
                        | (page[third + i] & 0xff) << 16
                        | page[fourth + i] << 24;
            }
        }
    }

    private static final class Longs extends Streams {
        Longs(byte[] page, int from, int count) {
            super(page, from, count);
        }

        @Override
        void read(ColumnBatch batch, int wanted) {
            int low = take(wanted);
            int high = low + 4 * count;
            long[] target = batch.numbersToFill();
            for (int i = 0; i < wanted; i++) {
                target[i] = half(low + i) & 0xffff_ffffL | (long) half(high + i) << Integer.SIZE;
            }
        }

        /** Four bytes of a value, from {@code first} on a stream apart. */
        private int half(int first) {
            return page[first] & 0xff
                    | (page[first + count] & 0xff) << 8
                    | (page[first + 2 * count] & 0xff) << 16
                    | page[first + 3 * count] << 24;
        }
    }

    private static final class FixedBytes extends Streams {
        private final int width;

        FixedBytes(byte[] page, int from, int width, int count) {
            super(page, from, count);
            this.width = width;
        }

        @Override
        int available(int wanted) {
            return width == 0 ? wanted : Math.max(1, Math.min(wanted, (1 << 20) / width));
        }

        @Override
        void read(ColumnBatch batch, int wanted) {
            int stream = take(wanted);
            byte[] heap = batch.heapToFill(Math.multiplyExact(wanted, width));
            int[] starts = batch.startsToFill(heap);
            Arrays.fill(batch.lengthsToFill(), 0, wanted, width);
            for (int i = 0; i < wanted; i++) {
                starts[i] = i * width;
            }
            for (int k = 0; k < width; k++, stream += count) {
                for (int i = 0, at = k; i < wanted; i++, at += width) {
                    heap[at] = page[stream + i];
                }
            }
        }
    }
}
