package io.glulam.tables.delta.files;

import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.TableVersion;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of the data files' columns by a version of a table: all that writing a new file needs of the log.
 *
 * @param fields of data files: the table's without partition columns
 * @param byId whether columns are found by field ids
 * @param rowIds the column that holds row ids; null for a table that does not track rows
 * @param rowVersions the column that holds rows' versions; null for a table that does not track rows
 */
public record TableForm(
        List<DeltaField> fields,
        boolean byId,
        @Nullable String rowIds,
        @Nullable String rowVersions) implements Serializable {
    public TableForm {
        fields = List.copyOf(fields);
    }

    public static TableForm of(TableVersion version) {
        List<DeltaField> fields = version.fields().stream()
                .filter(field -> !version.partitionColumns().contains(field.name()))
                .toList();
        boolean tracks = version.tracksRows();
        return new TableForm(
                fields,
                version.mappingMode().equals("id"),
                tracks ? named(version.rowIdColumn()) : null,
                tracks ? named(version.rowVersionColumn()) : null);
    }

    private static String named(@Nullable String column) {
        if (column == null) {
            throw new IllegalStateException("the table names no column for row ids");
        }
        return column;
    }
}
