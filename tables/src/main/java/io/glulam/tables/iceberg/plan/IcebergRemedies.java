package io.glulam.tables.iceberg.plan;

import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.planning.LeftTally;

/** The statements and options that handle files that are left. */
record IcebergRemedies(String table) implements LeftTally.Remedies {
    @Override
    public String remedy(LeftReason reason, int files) {
        return switch (reason) {
            case POSITION_DELETES, DELETION_VECTOR ->
                LeftFiles.APPLY_DELETES + ", or CALL system.rewrite_data_files(table => '" + table
                        + "', options => map('delete-file-threshold', '1'))";
            case EQUALITY_DELETES ->
                "CALL system.rewrite_data_files(table => '" + table
                        + "', options => map('delete-file-threshold', '1'))";
            case NOT_PARQUET, REFUSED, FORM_DIFFERS -> "CALL system.rewrite_data_files(table => '" + table + "')";
            case ALONE -> files > 1 ? "a smaller min-input-files may merge them" : "";
            case LIMITED -> "run again";
            default -> "";
        };
    }
}
