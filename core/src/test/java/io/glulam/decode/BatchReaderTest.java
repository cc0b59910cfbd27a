package io.glulam.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What batches promise besides the triplets that {@link TripletReaderTest} compares: that they stay small. */
class BatchReaderTest {
    @Test
    void aRunOfTwoBillionNullsIsReadABatchAtATime() {
        Leaf leaf = new Leaf(0, List.of("x"), PhysicalType.INT64, 0, 0, 1, SortOrder.INT64_SIGNED);
        byte[] levels = {6, 0, 0, 0, -2, -1, -1, -1, 0x0f, 0};
        ColumnBatch batch = new ColumnBatch(leaf);
        try (BatchReader reader = reader(leaf, page(Encoding.PLAIN, Integer.MAX_VALUE, levels))) {
            for (int i = 0; i < 10; i++) {
                assertThat(reader.next(batch)).isTrue();
                assertThat(batch.count()).isEqualTo(ColumnBatch.CAPACITY);
                assertThat(batch.valueCount()).isZero();
                assertThat(batch.rowCount()).isEqualTo(batch.count());
            }
        }
    }

    @Test
    void prefixesThatUnpackToGigabytesAreReadAFewValuesAtATime() {
        // One value of 300,000 bytes, then 9,999 that repeat it: 3 GB from 300 kB.
        int length = 300_000;
        int count = 10_000;
        ByteBuffer body = ByteBuffer.allocate(length + 8000);
        putDeltas(body, count, 0, length);
        putDeltas(body, count, length, -length);
        body.put(new byte[length]);
        Leaf leaf = new Leaf(0, List.of("x"), PhysicalType.BYTE_ARRAY, 0, 0, 0, SortOrder.BYTES_UNSIGNED);
        byte[] bytes = Arrays.copyOf(body.array(), body.position());
        ColumnBatch batch = new ColumnBatch(leaf);
        try (BatchReader reader = reader(leaf, page(Encoding.DELTA_BYTE_ARRAY, count, bytes))) {
            int found = 0;
            for (int i = 0; i < 20; i++) {
                assertThat(reader.next(batch)).isTrue();
                assertThat(batch.heap().length).isLessThan(4 << 20);
                assertThat(batch.lengths()[batch.valueCount() - 1]).isEqualTo(length);
                found += batch.valueCount();
            }
            assertThat(found).isBetween(20, 200);
        }
    }

    /** {@code count} numbers of which the first is {@code first} and the second {@code delta} more; the others as that. */
    private static void putDeltas(ByteBuffer target, int count, int first, int delta) {
        target.put(new byte[] {(byte) 0x80, 1, 4});
        putVarint(target, count);
        putVarint(target, (long) first << 1 ^ first >> 31);
        // The first block: the least difference is the smaller of delta and 0, all others are that much above it.
        int least = Math.min(delta, 0);
        int width = 32 - Integer.numberOfLeadingZeros(Math.abs(delta));
        for (int at = 1; at < count; at += 128) {
            boolean isFirst = at == 1;
            int blockLeast = isFirst ? least : 0;
            putVarint(target, (long) blockLeast << 1 ^ blockLeast >> 31);
            int miniblocks = (Math.min(128, count - at) + 31) / 32;
            for (int k = 0; k < 4; k++) {
                boolean packed = isFirst && (delta < 0 || k == 0);
                target.put((byte) (packed ? width : 0));
            }
            for (int k = 0; k < miniblocks && isFirst; k++) {
                if (delta < 0 || k == 0) {
                    putPacked(target, width, delta, k);
                }
            }
        }
    }

    private static void putPacked(ByteBuffer target, int width, int delta, int miniblock) {
        byte[] bytes = new byte[4 * width];
        for (int i = 0; i < 32; i++) {
            boolean isFirst = miniblock == 0 && i == 0;
            int above = delta < 0 ? (isFirst ? 0 : -delta) : isFirst ? delta : 0;
            for (int bit = 0; bit < width; bit++) {
                int at = i * width + bit;
                bytes[at >>> 3] |= (byte) ((above >>> bit & 1) << (at & 7));
            }
        }
        target.put(bytes);
    }

    private static void putVarint(ByteBuffer target, long number) {
        long rest = number;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            target.put((byte) (rest & 0x7f | 0x80));
        }
        target.put((byte) rest);
    }

    @Test
    void hashesOfBigEndianNumbersSpreadOverAllSlots() {
        for (int width : new int[] {4, 8, 12, 16}) {
            Set<Long> slots = new HashSet<>();
            for (int i = 0; i < 1 << 14; i++) {
                byte[] value = new byte[width];
                ByteBuffer.wrap(value).putInt(width - 4, i);
                slots.add(ValueHash.of(value, 0, width) & 0x3fff);
            }
            assertThat(slots).as("%d bytes", width).hasSizeGreaterThan((1 << 14) / 2);
        }
    }

    @Test
    void hashesDependOnEveryByteAndOnNoOther() {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = new byte[60];
            long hash = ValueHash.of(bytes, 10, length);
            assertThat(ValueHash.of(new byte[length], 0, length)).isEqualTo(hash);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = 1;
                boolean within = i >= 10 && i < 10 + length;
                assertThat(ValueHash.of(bytes, 10, length) != hash)
                        .as("byte %d of %d", i - 10, length)
                        .isEqualTo(within);
                bytes[i] = 0;
            }
        }
    }

    private static BatchReader reader(Leaf leaf, PageStream.Page... pages) {
        return new BatchReader(leaf, new ListPageStream(List.of(pages)), null);
    }

    private static PageStream.Page page(Encoding encoding, int count, byte[] body) {
        PageHeader header = PageHeader.dataPage(body.length, body.length, count, encoding.value());
        return new PageStream.Page(header, body, 0, body.length, 4);
    }
}
