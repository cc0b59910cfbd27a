package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.adapt.ChunkSink;
import io.glulam.format.ColumnChunk;
import io.glulam.format.ThriftWriter;
import io.glulam.statistics.OffsetIndex;
import io.glulam.storage.MemorySpool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

    /** Bytes of an object from {@code start} on. */
    private static final class Target implements ChunkSink {
        private final long start;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Target(long start) {
            this.start = start;
        }

        @Override
        public long position() {
            return start + bytes.size();
        }

        @Override
        public void append(byte[] source, int from, int length) {
            bytes.write(source, from, length);
            // The caller may use the array again.
            Arrays.fill(source, from, from + length, (byte) 0x55);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            throw new UnsupportedOperationException("nothing is read back");
        }

        byte[] from(long position, long length) {
            int at = (int) (position - start);
            return Arrays.copyOfRange(bytes.toByteArray(), at, at + (int) length);
        }
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

    private static void append(WaitingChunk place, byte[] bytes) {
        place.append(bytes.clone(), 0, bytes.length);
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
        Target target = new Target(start);
        ColumnChunk moved;
        try (WaitingChunk place = new WaitingChunk(memory, () -> new MemorySpool(1 << 24))) {
            assertThat(place.position()).isEqualTo(4);
            append(place, pages);
            append(place, offsets);
            append(place, COLUMN_INDEX);
            assertThat(place.position()).isEqualTo(4L + length + offsets.length + COLUMN_INDEX.length);
            ByteBuffer last = ByteBuffer.allocate(COLUMN_INDEX.length);
            place.read(4L + length + offsets.length, last);
            assertThat(last.array()).isEqualTo(COLUMN_INDEX);
            ColumnChunk.Tail tail = new ColumnChunk.Tail(
                    0, -1, 4L + length, offsets.length, 4L + length + offsets.length, COLUMN_INDEX.length);
            moved = place.moveTo(target, chunk(4, 4 + length / 2, tail), 77, 33);
        }

        assertThat(moved.pages()).isEqualTo(new ColumnChunk.Pages(start + length / 2, 0, start));
        assertThat(target.from(start, length)).isEqualTo(pages);
        ColumnChunk.Tail tail = moved.tail();
        assertThat(tail.offsetIndexOffset()).isEqualTo(start + length);
        byte[] index = target.from(tail.offsetIndexOffset(), tail.offsetIndexLength());
        OffsetIndex found = OffsetIndex.parse(index, 0, index.length, 0);
        assertThat(found.offsets()).containsExactly(start, start + length / 2);
        assertThat(found.compressedSizes()).isEqualTo(offsets(length).compressedSizes());
        assertThat(found.firstRows()).containsExactly(0, 7);
        assertThat(found.unencodedByteArrayBytes()).containsExactly(3, 9);
        assertThat(tail.columnIndexOffset()).isEqualTo(start + length + tail.offsetIndexLength());
        assertThat(target.from(tail.columnIndexOffset(), tail.columnIndexLength()))
                .isEqualTo(COLUMN_INDEX);
        assertThat(target.position()).isEqualTo(tail.columnIndexOffset() + COLUMN_INDEX.length);
        assertThat(tail.bloomFilterOffset()).isEqualTo(77);
        assertThat(tail.bloomFilterLength()).isEqualTo(33);
    }

    @Test
    void whatAChunkLacksItLacksInTheTarget() {
        byte[] pages = pages(20);
        Target target = new Target(50);
        try (WaitingChunk place = new WaitingChunk(10, () -> new MemorySpool(1 << 20))) {
            append(place, pages);
            ColumnChunk moved = place.moveTo(target, chunk(0, 4, ColumnChunk.Tail.NONE), 0, 33);
            assertThat(moved.pages()).isEqualTo(new ColumnChunk.Pages(50, 0, 0));
            assertThat(moved.tail()).isEqualTo(ColumnChunk.Tail.NONE);
        }
        assertThat(target.from(50, target.position() - 50)).isEqualTo(pages);
    }

    @Test
    void aColumnIndexAloneIsMovedToo() {
        byte[] pages = pages(20);
        Target target = new Target(50);
        try (WaitingChunk place = new WaitingChunk(1000, () -> new MemorySpool(1 << 20))) {
            append(place, pages);
            append(place, COLUMN_INDEX);
            ColumnChunk moved = place.moveTo(
                    target, chunk(0, 4, new ColumnChunk.Tail(0, -1, 0, 0, 24, COLUMN_INDEX.length)), 0, -1);
            assertThat(moved.tail()).isEqualTo(new ColumnChunk.Tail(0, -1, 0, 0, 70, COLUMN_INDEX.length));
        }
        assertThat(target.from(50, 20)).isEqualTo(pages);
        assertThat(target.from(70, target.position() - 70)).isEqualTo(COLUMN_INDEX);
    }

    @Test
    void aChunkWithoutPagesMovesNothing() {
        Target target = new Target(50);
        try (WaitingChunk place = new WaitingChunk(0, () -> new MemorySpool(1 << 20))) {
            ColumnChunk moved = place.moveTo(target, chunk(0, 0, ColumnChunk.Tail.NONE), 0, -1);
            assertThat(moved.pages()).isEqualTo(new ColumnChunk.Pages(0, 0, 0));
        }
        assertThat(target.position()).isEqualTo(50);
    }
}
