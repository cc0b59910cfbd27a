package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.adapt.ChunkAdapter.Adapted;
import io.glulam.adapt.ChunkSink;
import io.glulam.adapt.CutPages;
import io.glulam.format.ColumnChunk;
import io.glulam.format.ThriftWriter;
import io.glulam.pipeline.Spool;
import io.glulam.statistics.OffsetIndex;
import io.glulam.storage.MemorySpool;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chunk that was made in a place of its own is moved: its bytes stay, its positions go with it. */
@Tag("once")
class WaitingChunkTest {
    private static final byte[] COLUMN_INDEX = {1, 2, 3, 4, 5};
    private static final int MEMORY = 1000;

    private static ChunkSink sink(int memory, long start) {
        return new ChunkSink(new Spool(memory, () -> new MemorySpool(1 << 24)), start);
    }

    private static byte[] bytes(ChunkSink sink, long position, long length) {
        byte[] bytes = new byte[(int) length];
        sink.read(position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private static ColumnChunk move(
            ChunkSink place, ColumnChunk chunk, ChunkSink target, long bloomFilter, int bloomFilterLength) {
        return new WaitingChunk(place, new Adapted(chunk, CutPages.NONE))
                .moveTo(target, bloomFilter, bloomFilterLength);
    }

    private static byte[] pages(int length) {
        byte[] pages = new byte[length];
        new Random(length).nextBytes(pages);
        return pages;
    }

    private static OffsetIndex offsets(int length) {
        int half = length / 2;
        return new OffsetIndex(
                new long[] {4, 4 + half}, new int[] {half, length - half}, new long[] {0, 7}, new long[] {3, 9}, false);
    }

    private static byte[] serialized(OffsetIndex index) {
        ThriftWriter out = new ThriftWriter(64);
        index.write(out);
        return out.toByteArray();
    }

    private static ColumnChunk chunk(long dictionary, long data, ColumnChunk.Tail tail) {
        return new ColumnChunk(
                1,
                new int[] {0},
                0,
                10,
                100,
                100,
                new ColumnChunk.Pages(data, 0, dictionary),
                null,
                List.of(),
                null,
                null,
                null,
                tail);
    }

    @ParameterizedTest
    @CsvSource({
        // A block has 65,536 bytes.
        "0, 1, 4",
        "0, 65536, 1000",
        "0, 65537, 4",
        "1000000, 65535, 9000000000",
        "100, 200001, 5",
        "200001, 200001, 70000",
    })
    void pagesAndIndexesFollowEachOtherInTheTarget(int memory, int length, long start) {
        byte[] pages = pages(length);
        byte[] offsets = serialized(offsets(length));
        ChunkSink target = sink(MEMORY, start);
        ColumnChunk moved;
        try (ChunkSink place = sink(memory, ChunkSink.FIRST_OFFSET)) {
            assertThat(place.position()).isEqualTo(4);
            place.append(pages);
            place.append(offsets);
            place.append(COLUMN_INDEX);
            assertThat(place.position()).isEqualTo(4L + length + offsets.length + COLUMN_INDEX.length);
            assertThat(bytes(place, 4L + length + offsets.length, COLUMN_INDEX.length))
                    .isEqualTo(COLUMN_INDEX);
            ColumnChunk.Tail tail = new ColumnChunk.Tail(
                    0, -1, 4L + length, offsets.length, 4L + length + offsets.length, COLUMN_INDEX.length);
            moved = move(place, chunk(4, 4 + length / 2, tail), target, 77, 33);
        }

        assertThat(moved.pages()).isEqualTo(new ColumnChunk.Pages(start + length / 2, 0, start));
        assertThat(bytes(target, start, length)).isEqualTo(pages);
        ColumnChunk.Tail tail = moved.tail();
        assertThat(tail.offsetIndexOffset()).isEqualTo(start + length);
        byte[] index = bytes(target, tail.offsetIndexOffset(), tail.offsetIndexLength());
        OffsetIndex found = OffsetIndex.parse(index, 0, index.length, 0);
        assertThat(found.offsets()).containsExactly(start, start + length / 2);
        assertThat(found.compressedSizes()).isEqualTo(offsets(length).compressedSizes());
        assertThat(found.firstRows()).containsExactly(0, 7);
        assertThat(found.unencodedByteArrayBytes()).containsExactly(3, 9);
        assertThat(tail.columnIndexOffset()).isEqualTo(start + length + tail.offsetIndexLength());
        assertThat(bytes(target, tail.columnIndexOffset(), tail.columnIndexLength()))
                .isEqualTo(COLUMN_INDEX);
        assertThat(target.position()).isEqualTo(tail.columnIndexOffset() + COLUMN_INDEX.length);
        assertThat(tail.bloomFilterOffset()).isEqualTo(77);
        assertThat(tail.bloomFilterLength()).isEqualTo(33);
    }

    @Test
    void whatAChunkLacksItLacksInTheTarget() {
        byte[] pages = pages(20);
        ChunkSink target = sink(MEMORY, 50);
        try (ChunkSink place = sink(10, ChunkSink.FIRST_OFFSET)) {
            place.append(pages);
            ColumnChunk moved = move(place, chunk(0, 4, ColumnChunk.Tail.NONE), target, 0, 33);
            assertThat(moved.pages()).isEqualTo(new ColumnChunk.Pages(50, 0, 0));
            assertThat(moved.tail()).isEqualTo(ColumnChunk.Tail.NONE);
        }
        assertThat(bytes(target, 50, target.position() - 50)).isEqualTo(pages);
    }

    @Test
    void aColumnIndexAloneIsMovedToo() {
        byte[] pages = pages(20);
        ChunkSink target = sink(MEMORY, 50);
        try (ChunkSink place = sink(1000, ChunkSink.FIRST_OFFSET)) {
            place.append(pages);
            place.append(COLUMN_INDEX);
            ColumnChunk moved =
                    move(place, chunk(0, 4, new ColumnChunk.Tail(0, -1, 0, 0, 24, COLUMN_INDEX.length)), target, 0, -1);
            assertThat(moved.tail()).isEqualTo(new ColumnChunk.Tail(0, -1, 0, 0, 70, COLUMN_INDEX.length));
        }
        assertThat(bytes(target, 50, 20)).isEqualTo(pages);
        assertThat(bytes(target, 70, target.position() - 70)).isEqualTo(COLUMN_INDEX);
    }

    @Test
    void aChunkWithoutPagesMovesNothing() {
        ChunkSink target = sink(MEMORY, 50);
        try (ChunkSink place = sink(0, ChunkSink.FIRST_OFFSET)) {
            ColumnChunk moved = move(place, chunk(0, 0, ColumnChunk.Tail.NONE), target, 0, -1);
            assertThat(moved.pages()).isEqualTo(new ColumnChunk.Pages(0, 0, 0));
        }
        assertThat(target.position()).isEqualTo(50);
    }
}
