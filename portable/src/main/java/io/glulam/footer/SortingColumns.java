package io.glulam.footer;

import io.glulam.format.SortingColumn;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.util.ArrayList;
import java.util.List;

/** The specification's list of {@code SortingColumn}. */
final class SortingColumns {
    private static final int[] TYPES = {ThriftReader.STOP, ThriftReader.I32, ThriftReader.TRUE, ThriftReader.TRUE};

    private SortingColumns() {}

    /** Reads the list whose header is next; an empty one if an entry names none of {@code leafCount} columns. */
    static List<SortingColumn> readList(ThriftReader in, int leafCount) {
        int count = in.readListHeader();
        List<SortingColumn> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SortingColumn column = read(in);
            if (column.leaf() < 0 || column.leaf() >= leafCount) {
                return List.of();
            }
            columns.add(column);
        }
        return List.copyOf(columns);
    }

    /** Writes the list, its header first. */
    static void writeList(List<SortingColumn> columns, ThriftWriter out) {
        out.listHeader(ThriftReader.STRUCT, columns.size());
        for (SortingColumn column : columns) {
            int outer = out.enterStruct();
            out.i32Field(1, column.leaf());
            out.booleanField(2, column.descending());
            out.booleanField(3, column.nullsFirst());
            out.leaveStruct(outer);
        }
    }

    private static SortingColumn read(ThriftReader in) {
        int leaf = -1;
        boolean descending = false;
        boolean nullsFirst = false;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.knownFieldId(TYPES)) {
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
