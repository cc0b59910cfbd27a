package io.glulam.footer;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.SortingColumn;
import io.glulam.format.ThriftReader;
import java.util.ArrayList;
import java.util.List;

/** The specification's list of {@code SortingColumn}. */
final class SortingColumns {
    private SortingColumns() {}

    /** Passes over a field that holds the list, checking it. */
    static void check(ThriftReader in, int leafCount, int rowGroup) {
        int count = in.readListHeader(ThriftReader.STRUCT);
        for (int i = 0; i < count; i++) {
            int leaf = read(in).leaf();
            if (leaf < 0 || leaf >= leafCount) {
                throw new CorruptFile(
                        Place.UNKNOWN,
                        "FileMetaData.row_groups[" + rowGroup + "].sorting_columns[" + i + "].column_idx is " + leaf
                                + " of " + leafCount + " leaf columns");
            }
        }
    }

    /** Reads the list whose header is next. */
    static List<SortingColumn> readList(ThriftReader in) {
        int count = in.readListHeader(ThriftReader.STRUCT);
        List<SortingColumn> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            columns.add(read(in));
        }
        return List.copyOf(columns);
    }

    private static SortingColumn read(ThriftReader in) {
        int leaf = -1;
        boolean descending = false;
        boolean nullsFirst = false;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> leaf = in.readI32Field();
                case 2 -> descending = in.readBooleanField();
                case 3 -> nullsFirst = in.readBooleanField();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        return new SortingColumn(leaf, descending, nullsFirst);
    }
}
