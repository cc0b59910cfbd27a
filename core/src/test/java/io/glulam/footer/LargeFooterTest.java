package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.picture.ChunkMatrix;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** 20,000 row groups of 16 columns, as a file written by appends has them. */
class LargeFooterTest {
    private static final int ROW_GROUPS = 20_000;
    private static final int COLUMNS = 16;
    private static final long OFFSET = 1L << 40;

    private static byte[] largeFooter() {
        ThriftWriter out = new ThriftWriter(30 << 20);
        out.enterStruct();
        out.i32Field(1, 1);
        out.field(2, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, COLUMNS + 1);
        HandmadeFooter.group(out, "root", COLUMNS, -1);
        for (int i = 0; i < COLUMNS; i++) {
            HandmadeFooter.leaf(out, "column_" + (char) ('a' + i), 6, 1);
        }
        out.i64Field(3, 1000L * ROW_GROUPS);
        out.field(4, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, ROW_GROUPS);
        Random random = new Random(1);
        for (int i = 0; i < ROW_GROUPS; i++) {
            rowGroup(out, 4 + 1_000_000L * i, random);
        }
        out.leaveStruct(0);
        return out.toByteArray();
    }

    private static void rowGroup(ThriftWriter out, long start, Random random) {
        int outer = out.enterStruct();
        out.field(1, ThriftReader.LIST);
        out.listHeader(ThriftReader.STRUCT, COLUMNS);
        for (int i = 0; i < COLUMNS; i++) {
            chunk(out, i, start + 5000L * i, random);
        }
        out.i64Field(2, 80_000);
        out.i64Field(3, 1000);
        out.leaveStruct(outer);
    }

    private static void chunk(ThriftWriter out, int column, long start, Random random) {
        int outer = out.enterStruct();
        out.i64Field(2, start);
        out.field(3, ThriftReader.STRUCT);
        int metaData = out.enterStruct();
        out.i32Field(1, 6);
        out.field(2, ThriftReader.LIST);
        out.listHeader(ThriftReader.I32, 2);
        out.writeI32(0);
        out.writeI32(3);
        out.field(3, ThriftReader.LIST);
        out.listHeader(ThriftReader.BINARY, 1);
        out.writeBinary(new byte[] {'c', 'o', 'l', 'u', 'm', 'n', '_', (byte) ('a' + column)});
        out.i32Field(4, 1);
        out.i64Field(5, 1000);
        out.i64Field(6, 5000);
        out.i64Field(7, 5000);
        out.i64Field(9, start);
        out.field(12, ThriftReader.STRUCT);
        int statistics = out.enterStruct();
        out.i64Field(3, 0);
        byte[] bound = new byte[16];
        random.nextBytes(bound);
        out.binaryField(5, bound);
        out.binaryField(6, bound);
        out.leaveStruct(statistics);
        out.leaveStruct(metaData);
        out.leaveStruct(outer);
    }

    @Test
    void takesLittleMoreMemoryThanItsBytes() {
        byte[] bytes = largeFooter();
        assertThat(bytes.length).isGreaterThan(26_000_000);
        Footer.parse(new HandmadeFooter().write(), HandmadeFooter.OFFSET);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Footer footer = Footer.parse(bytes, OFFSET);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(footer.rowGroupCount()).isEqualTo(ROW_GROUPS);
        assertThat(footer.compressedSize(ROW_GROUPS - 1)).isEqualTo(80_000);
        assertThat(footer.chunk(ROW_GROUPS - 1, COLUMNS - 1).start()).isEqualTo(footer.start(ROW_GROUPS - 1) + 75_000);
        assertThat(allocated).isLessThan(16 << 20);
    }

    @Test
    void takesMemoryByRowGroupsAndNotByChunksIfItIsReadThroughAWindow() {
        byte[] bytes = largeFooter();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        WindowedBytes windowed = new WindowedBytes(bytes, 64 << 10);
        Footer.parse(new WindowedBytes(new HandmadeFooter().write(), 64), HandmadeFooter.OFFSET);
        long before = threads.getCurrentThreadAllocatedBytes();
        Footer footer = Footer.parse(windowed, OFFSET);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(footer.chunk(ROW_GROUPS - 1, COLUMNS - 1).start()).isEqualTo(footer.start(ROW_GROUPS - 1) + 75_000);
        // 48 bytes a row group, in arrays that grow by halves: with those outgrown, up to four and a half times as
        // much.
        assertThat(allocated).isLessThan(5L * 48 * ROW_GROUPS + (256 << 10));
        assertThat(windowed.longestRead()).isLessThanOrEqualTo(64 << 10);
    }

    @Test
    void itsFirstChunksAreShownInAFewBytes() {
        Footer footer = Footer.parse(new WindowedBytes(largeFooter(), 64 << 10), OFFSET);

        ChunkMatrix chunks = ChunkMatrix.of(footer, 100, 10);

        assertThat(chunks.rowGroupCount()).isEqualTo(100);
        assertThat(chunks.columns()).hasSize(10).startsWith("column_a", "column_b");
        assertThat(chunks.largestSize()).isEqualTo(5000);
        assertThat(chunks.cell(99, 9).valueCount()).isEqualTo(1000);
        assertThat(chunks.json())
                .startsWith("{\"columnCount\":16,\"rowGroupCount\":20000,\"columns\":[\"column_a\",")
                .contains("\"forms\":[{\"codec\":\"SNAPPY\",\"encodings\":[\"PLAIN\",\"RLE\"]}]")
                .hasSizeLessThan(40_000);
    }
}
