package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.format.ThriftWriter;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import java.util.Arrays;
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
            Forms.check(bytes, IndexesTarget::columnIndex);
        } else {
            Forms.check(bytes, index -> offsetIndex(index, shift));
        }
    }

    static boolean columnIndex(byte[] bytes) {
        ColumnIndex index;
        try {
            index = ColumnIndex.parse(bytes, 0, bytes.length, 0);
        } catch (GlulamException refused) {
            return false;
        }
        ThriftWriter out = new ThriftWriter(64);
        index.write(out);
        byte[] written = out.toByteArray();
        ColumnIndex again = ColumnIndex.parse(written, 0, written.length, 0);
        boolean same = Arrays.equals(index.nullPages(), again.nullPages())
                && Arrays.deepEquals(index.minValues(), again.minValues())
                && Arrays.deepEquals(index.maxValues(), again.maxValues())
                && index.boundaryOrder() == again.boundaryOrder()
                && Arrays.equals(index.nullCounts(), again.nullCounts())
                && Arrays.equals(index.repetitionLevels(), again.repetitionLevels())
                && Arrays.equals(index.definitionLevels(), again.definitionLevels())
                && Arrays.equals(index.nanCounts(), again.nanCounts());
        if (!same) {
            throw new Mismatch("another column index when written and read again");
        }
        compare(index, written);
        return compare(index, bytes);
    }

    private static boolean compare(ColumnIndex index, byte[] bytes) {
        var reference = Reference.read(bytes, Util::readColumnIndex);
        if (reference != null) {
            ReferenceIndexes.compare(index, reference.struct());
        }
        return reference != null;
    }

    static boolean offsetIndex(byte[] bytes, long shift) {
        OffsetIndex index;
        byte[] moved;
        try {
            index = OffsetIndex.parse(bytes, 0, bytes.length, 0);
            moved = OffsetIndex.relocate(bytes, 0, shift);
        } catch (GlulamException refused) {
            return false;
        }
        OffsetIndex again = OffsetIndex.parse(moved, 0, moved.length, 0);
        for (int i = 0; i < index.pageCount(); i++) {
            if (again.offsets()[i] != index.offsets()[i] + shift || again.firstRows()[i] != index.firstRows()[i]) {
                throw new Mismatch("page " + i + " of an offset index moved by " + shift + " is elsewhere");
            }
        }
        compare(index, moved, shift);
        return compare(index, bytes, 0);
    }

    private static boolean compare(OffsetIndex index, byte[] bytes, long shift) {
        var reference = Reference.read(bytes, Util::readOffsetIndex);
        if (reference != null) {
            ReferenceIndexes.compare(index, reference.struct(), shift);
        }
        return reference != null;
    }
}
