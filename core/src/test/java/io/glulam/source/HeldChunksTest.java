package io.glulam.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.ColumnChunk;
import io.glulam.page.ByteSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HeldChunksTest {
    private static final int LENGTH = 10_000;
    private static final int HEADER = 20;

    /** Byte after byte counts up; reads are counted. */
    private static final class Counting implements ByteSource {
        private int reads;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public long size() {
            return Long.MAX_VALUE;
        }

        @Override
        public void read(long position, byte[] target, int from, int length) {
            reads++;
            for (int i = 0; i < length; i++) {
                target[from + i] = (byte) (position + i);
            }
        }
    }

    private static ColumnChunk chunk(long start, int length, boolean dictionary) {
        long dataOffset = dictionary ? start + length / 2 : start;
        return new ColumnChunk(
                0,
                new int[0],
                0,
                1,
                length,
                length,
                new ColumnChunk.Pages(dataOffset, 0, dictionary ? start : 0),
                null,
                List.of(),
                null,
                null,
                null,
                ColumnChunk.Tail.NONE);
    }

    private static void assertHeld(HeldChunks held, long position, int length) {
        byte[] found = new byte[length];
        assertThat(held.read(position, found, 0, length)).isTrue();
        for (int i = 0; i < length; i++) {
            assertThat(found[i]).isEqualTo((byte) (position + i));
        }
    }

    @Test
    void chunksThatAreMoreThanIsToBeHeldAreLetGoInTheirOrderAndReadAgain() {
        Counting source = new Counting();
        List<ColumnChunk> chunks = new ArrayList<>();
        int count = 300;
        for (int i = 0; i < count; i++) {
            chunks.add(chunk(4L + 50_000L * i, LENGTH, true));
        }
        HeldChunks held = Objects.requireNonNull(HeldChunks.of(source, 1, chunks));
        for (ColumnChunk chunk : chunks) {
            assertHeld(held, chunk.start(), HEADER);
            assertHeld(held, chunk.start() + HEADER, LENGTH - HEADER);
        }

        assertThat(source.reads).isEqualTo(count);
        assertThat(held.bytes()).isEqualTo(1 << 20);
        assertHeld(held, chunks.get(count - 1).start(), LENGTH);
        assertThat(source.reads).isEqualTo(count);
        assertHeld(held, chunks.get(0).start(), LENGTH);
        assertThat(source.reads).isEqualTo(count + 1);
    }

    @Test
    void manyChunksWithoutDictionariesAreNotHeldForTheyAreReadOnceAnyway() {
        List<ColumnChunk> chunks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            chunks.add(chunk(4L + 50_000L * i, LENGTH, false));
        }

        assertThat(HeldChunks.of(new Counting(), 1, chunks)).isNull();
    }

    @Test
    void neighbouringColumnsAreReadTogetherAndHeldByAllOfThem() {
        Counting source = new Counting();
        List<ColumnChunk> chunks =
                List.of(chunk(4, 100, true), chunk(1004, 100, true), chunk(104, 50, false), chunk(1104, 50, false));
        HeldChunks held = Objects.requireNonNull(HeldChunks.of(source, 2, chunks));
        chunks.forEach(chunk -> assertHeld(held, chunk.start(), (int) chunk.compressedSize()));

        assertThat(source.reads).isEqualTo(2);
        assertThat(held.bytes()).isEqualTo(150);
    }

    @Test
    void columnsWithSomethingBetweenThemAreNoNeighbours() {
        List<ColumnChunk> chunks = List.of(chunk(4, 100, false), chunk(105, 50, false));

        assertThat(HeldChunks.of(new Counting(), 2, chunks)).isNull();
    }
}
