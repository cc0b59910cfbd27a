package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.testkit.generate.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

class PageIndexTest {
    @Test
    void readsAndWritesColumnIndexesAsTheReferenceDoes() {
        Seeds.stream(100).forEach(seed -> {
            byte[] bytes = written(out -> Util.writeColumnIndex(columnIndex(new Random(seed)), out));
            ColumnIndex index = ColumnIndex.parse(bytes, 0, bytes.length, 0);
            var expected = readColumnIndex(bytes);
            assertThat(index.nullPages())
                    .containsExactly(expected.getNull_pages().toArray(Boolean[]::new));
            assertThat(index.pageCount()).isEqualTo(expected.getNull_pagesSize());
            assertThat(index.boundaryOrder().name())
                    .isEqualTo(expected.getBoundary_order().name());
            for (int page = 0; page < index.pageCount(); page++) {
                assertThat(ByteBuffer.wrap(index.minValues()[page]))
                        .isEqualTo(expected.getMin_values().get(page));
                assertThat(ByteBuffer.wrap(index.maxValues()[page]))
                        .isEqualTo(expected.getMax_values().get(page));
            }
            assertThat(index.nullCounts()).isEqualTo(longs(expected.getNull_counts()));
            assertThat(index.repetitionLevels()).isEqualTo(longs(expected.getRepetition_level_histograms()));
            assertThat(index.definitionLevels()).isEqualTo(longs(expected.getDefinition_level_histograms()));
            assertThat(index.nanCounts()).isEqualTo(longs(expected.getNan_counts()));
            assertThat(write(index::write)).as("seed %s", seed).isEqualTo(bytes);
        });
    }

    @Test
    void unknownCountsAreReadAndWrittenAsTheyAre() {
        var index = columnIndex(new Random(1));
        index.setNull_counts(java.util.Collections.nCopies(index.getNull_pagesSize(), -1L));
        byte[] bytes = written(out -> Util.writeColumnIndex(index, out));
        ColumnIndex read = ColumnIndex.parse(bytes, 0, bytes.length, 0);
        assertThat(read.nullCounts()).containsOnly(-1);
        assertThat(write(read::write)).isEqualTo(bytes);
    }

    /** Readers by Thrift take an order that they do not know for an absent one, and fail. */
    @Test
    void anUnknownBoundaryOrderIsCorrupt() {
        List<ByteBuffer> bounds = List.of(ByteBuffer.wrap(new byte[4]));
        var index = new org.apache.parquet.format.ColumnIndex(
                List.of(false), bounds, bounds, org.apache.parquet.format.BoundaryOrder.UNORDERED);
        byte[] bytes = written(out -> Util.writeColumnIndex(index, out));
        bytes[bytes.length - 2] = 17 << 1; // The struct ends with the order and a stop field.

        assertThatThrownBy(() -> ColumnIndex.parse(bytes, 0, bytes.length, 0))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("boundary_order");
    }

    @Test
    void readsAndWritesOffsetIndexesAsTheReferenceDoes() {
        Seeds.stream(100).forEach(seed -> {
            byte[] bytes = written(out -> Util.writeOffsetIndex(offsetIndex(new Random(seed), 0), out));
            OffsetIndex index = OffsetIndex.parse(bytes, 0, bytes.length, 0);
            var expected = readOffsetIndex(bytes);
            for (int page = 0; page < index.pageCount(); page++) {
                PageLocation location = expected.getPage_locations().get(page);
                assertThat(index.offsets()[page]).isEqualTo(location.getOffset());
                assertThat(index.compressedSizes()[page]).isEqualTo(location.getCompressed_page_size());
                assertThat(index.firstRows()[page]).isEqualTo(location.getFirst_row_index());
            }
            assertThat(index.unencodedByteArrayBytes()).isEqualTo(longs(expected.getUnencoded_byte_array_data_bytes()));
            assertThat(index.hasUnknownFields()).isFalse();
            assertThat(write(index::write)).as("seed %s", seed).isEqualTo(bytes);
        });
    }

    @Test
    void relocatingChangesOffsetsAndNothingElse() {
        Seeds.stream(100).forEach(seed -> {
            long shift = new Random(seed).nextLong(1L << 40) - (1L << 20);
            byte[] bytes = written(out -> Util.writeOffsetIndex(offsetIndex(new Random(seed), 1 << 20), out));
            byte[] expected =
                    written(out -> Util.writeOffsetIndex(offsetIndex(new Random(seed), (1 << 20) + shift), out));
            assertThat(OffsetIndex.relocate(bytes, 0, shift))
                    .as("seed %s", seed)
                    .isEqualTo(expected);
        });
    }

    @Test
    void fieldsOfLaterVersionsSurviveOnlyWhereNothingMoves() {
        byte[] bytes = withUnknownFields();
        OffsetIndex index = OffsetIndex.parse(bytes, 0, bytes.length, 0);
        assertThat(index.hasUnknownFields()).isTrue();
        assertThat(index.offsets()).containsExactly(100);
        assertThat(OffsetIndex.relocate(bytes, 0, 0)).isSameAs(bytes);
        byte[] moved = OffsetIndex.relocate(bytes, 0, 5);
        assertThat(OffsetIndex.parse(moved, 0, moved.length, 0).offsets()).containsExactly(105);
        assertThat(OffsetIndex.parse(moved, 0, moved.length, 0).hasUnknownFields())
                .isFalse();
    }

    private static byte[] withUnknownFields() {
        return write(writer -> {
            int outer = writer.enterStruct();
            writer.field(1, ThriftReader.LIST);
            writer.listHeader(ThriftReader.STRUCT, 1);
            int location = writer.enterStruct();
            writer.i64Field(1, 100);
            writer.i32Field(2, 10);
            writer.i64Field(3, 0);
            writer.i64Field(4, 7);
            writer.leaveStruct(location);
            writer.binaryField(9, new byte[] {1, 2});
            writer.leaveStruct(outer);
        });
    }

    @Test
    void anOffsetThatWouldLeaveTheFileIsCorrupt() {
        byte[] bytes = withUnknownFields();
        assertThatThrownBy(() -> OffsetIndex.relocate(bytes, 0, -101)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> OffsetIndex.relocate(bytes, 0, Long.MAX_VALUE)).isInstanceOf(CorruptFile.class);
    }

    @Test
    void describesAChunkIfPagesFollowEachOtherAndRowsRise() {
        assertThat(index(10, 20, 0, 5).describes(10, 30, 9)).isTrue();
        assertThat(index(10, 20, 0, 5).describes(11, 30, 9))
                .as("before the chunk")
                .isFalse();
        assertThat(index(10, 20, 0, 5).describes(10, 29, 9))
                .as("past the chunk")
                .isFalse();
        assertThat(index(10, 19, 0, 5).describes(10, 30, 9)).as("overlapping").isFalse();
        assertThat(index(10, 20, 0, 0).describes(10, 30, 9))
                .as("no row in a page")
                .isFalse();
        assertThat(index(10, 20, 1, 5).describes(10, 30, 9))
                .as("not from row 0 on")
                .isFalse();
        assertThat(index(10, 20, 0, 9).describes(10, 30, 9)).as("past the rows").isFalse();
        assertThat(index(10, Long.MAX_VALUE, 0, 5).describes(10, Long.MAX_VALUE, 9))
                .as("overflowing")
                .isFalse();
    }

    private static OffsetIndex index(long first, long second, long firstRow, long secondRow) {
        return new OffsetIndex(
                new long[] {first, second}, new int[] {10, 10}, new long[] {firstRow, secondRow}, new long[0], false);
    }

    @Test
    void aPagesHistogramIsCutOutOfAll() {
        long[] all = {1, 2, 3, 4, 5, 6};
        ColumnIndex index = new ColumnIndex(
                new boolean[2],
                new byte[2][0],
                new byte[2][0],
                BoundaryOrder.UNORDERED,
                new long[0],
                all,
                new long[0],
                new long[0]);
        assertThat(index.histogram(index.repetitionLevels(), 1, 3)).containsExactly(4, 5, 6);
        assertThat(index.histogram(index.repetitionLevels(), 1, 2)).isEmpty();
        assertThat(index.histogram(index.definitionLevels(), 1, 3)).isEmpty();
    }

    @Test
    void whateverIsBrokenIsCorruptAndNothingElse() {
        Seeds.stream(100).forEach(seed -> {
            Random random = new Random(seed);
            byte[] columns = written(out -> Util.writeColumnIndex(columnIndex(random), out));
            byte[] offsets = written(out -> Util.writeOffsetIndex(offsetIndex(random, 0), out));
            for (int i = 0; i < 200; i++) {
                byte[] brokenColumns = broken(columns, random);
                byte[] brokenOffsets = broken(offsets, random);
                onlyCorrupt(() -> ColumnIndex.parse(brokenColumns, 0, brokenColumns.length, 0));
                onlyCorrupt(() -> OffsetIndex.parse(brokenOffsets, 0, brokenOffsets.length, 0));
            }
        });
    }

    private static void onlyCorrupt(Runnable parse) {
        try {
            parse.run();
        } catch (CorruptFile expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    static byte[] broken(byte[] bytes, Random random) {
        byte[] broken =
                java.util.Arrays.copyOf(bytes, random.nextBoolean() ? bytes.length : random.nextInt(bytes.length));
        for (int i = random.nextInt(4); i > 0 && broken.length > 0; i--) {
            broken[random.nextInt(broken.length)] = (byte) random.nextInt();
        }
        return broken;
    }

    private static org.apache.parquet.format.ColumnIndex columnIndex(Random random) {
        int pages = random.nextInt(40) + 1;
        List<Boolean> nullPages = new ArrayList<>();
        List<ByteBuffer> mins = new ArrayList<>();
        List<ByteBuffer> maxs = new ArrayList<>();
        for (int i = 0; i < pages; i++) {
            nullPages.add(random.nextBoolean());
            mins.add(ByteBuffer.wrap(new byte[random.nextInt(200)]));
            maxs.add(ByteBuffer.wrap(new byte[random.nextInt(5)]));
        }
        var orders = org.apache.parquet.format.BoundaryOrder.values();
        var index = new org.apache.parquet.format.ColumnIndex(nullPages, mins, maxs, orders[random.nextInt(3)]);
        if (random.nextBoolean()) {
            index.setNull_counts(counts(random, pages));
        }
        if (random.nextBoolean()) {
            index.setRepetition_level_histograms(counts(random, pages * 2));
            index.setDefinition_level_histograms(counts(random, pages * 3));
        }
        if (random.nextBoolean()) {
            index.setNan_counts(counts(random, pages));
        }
        return index;
    }

    private static org.apache.parquet.format.OffsetIndex offsetIndex(Random random, long shift) {
        List<PageLocation> locations = new ArrayList<>();
        long offset = random.nextInt(1 << random.nextInt(30));
        long row = 0;
        for (int i = random.nextInt(40); i >= 0; i--) {
            int size = random.nextInt(100_000);
            locations.add(new PageLocation(offset + shift, size, row));
            offset += size;
            row += 1 + random.nextInt(1000);
        }
        var index = new org.apache.parquet.format.OffsetIndex(locations);
        if (random.nextBoolean()) {
            index.setUnencoded_byte_array_data_bytes(counts(random, locations.size()));
        }
        return index;
    }

    private static List<Long> counts(Random random, int count) {
        return random.longs(count, 0, 1000).boxed().toList();
    }

    private static long[] longs(List<Long> values) {
        return values == null
                ? new long[0]
                : values.stream().mapToLong(Long::longValue).toArray();
    }

    private interface ThriftOutput {
        void to(ByteArrayOutputStream out) throws IOException;
    }

    private static byte[] written(ThriftOutput output) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            output.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] write(Consumer<ThriftWriter> content) {
        ThriftWriter writer = new ThriftWriter(0);
        content.accept(writer);
        return writer.toByteArray();
    }

    private static org.apache.parquet.format.ColumnIndex readColumnIndex(byte[] bytes) {
        try {
            return Util.readColumnIndex(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static org.apache.parquet.format.OffsetIndex readOffsetIndex(byte[] bytes) {
        try {
            return Util.readOffsetIndex(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
