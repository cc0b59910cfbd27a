package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.format.ThriftWriter;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;

/** Column and offset indexes: refused, or read as the reference implementation does, written again, and moved. */
public final class IndexesTarget {
    private IndexesTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        boolean column = draws.nextBoolean();
        long shift = draws.nextInt(1 << 16) - 1000L;
        byte[] bytes = draws.rest();
        if (column) {
            columnIndex(bytes);
        } else {
            offsetIndex(bytes, shift);
        }
    }

    private static void columnIndex(byte[] bytes) {
        ColumnIndex index;
        try {
            index = ColumnIndex.parse(bytes, 0, bytes.length, 0);
        } catch (GlulamException refused) {
            return;
        }
        ThriftWriter out = new ThriftWriter(64);
        index.write(out);
        byte[] written = out.toByteArray();
        ColumnIndex again = ColumnIndex.parse(written, 0, written.length, 0);
        boolean same = Arrays.equals(index.nullPages(), again.nullPages())
                && Arrays.deepEquals(index.minValues(), again.minValues())
                && Arrays.deepEquals(index.maxValues(), again.maxValues())
                && Arrays.equals(index.nullCounts(), again.nullCounts());
        if (!same) {
            throw new Mismatch("another column index when written and read again");
        }
        try {
            var reference = Util.readColumnIndex(new ByteArrayInputStream(bytes));
            if (reference.getNull_pagesSize() != index.pageCount()) {
                throw new Mismatch("a column index of " + index.pageCount() + " pages, the reference reads "
                        + reference.getNull_pagesSize());
            }
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return;
        }
    }

    private static void offsetIndex(byte[] bytes, long shift) {
        OffsetIndex index;
        byte[] moved;
        try {
            index = OffsetIndex.parse(bytes, 0, bytes.length, 0);
            moved = OffsetIndex.relocate(bytes, 0, shift);
        } catch (GlulamException refused) {
            return;
        }
        OffsetIndex again = OffsetIndex.parse(moved, 0, moved.length, 0);
        for (int i = 0; i < index.pageCount(); i++) {
            if (again.offsets()[i] != index.offsets()[i] + shift || again.firstRows()[i] != index.firstRows()[i]) {
                throw new Mismatch("page " + i + " of an offset index moved by " + shift + " is elsewhere");
            }
        }
        compareWithReference(bytes, index);
    }

    private static void compareWithReference(byte[] bytes, OffsetIndex index) {
        List<PageLocation> locations;
        try {
            locations = Util.readOffsetIndex(new ByteArrayInputStream(bytes)).getPage_locations();
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return;
        }
        for (int i = 0; i < locations.size(); i++) {
            if (locations.get(i).getOffset() != index.offsets()[i]
                    || locations.get(i).getFirst_row_index() != index.firstRows()[i]) {
                throw new Mismatch("page " + i + " of an offset index is read otherwise than by the reference");
            }
        }
    }
}
