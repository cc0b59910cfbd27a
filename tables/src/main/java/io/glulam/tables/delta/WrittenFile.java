package io.glulam.tables.delta;

import io.glulam.CompactionReport;
import io.glulam.ShapedReport;
import io.glulam.storage.StoredObject;
import io.glulam.tables.TableReport;

/**
 * A new file that is not committed yet.
 *
 * @param file what the commit needs to know of it
 * @param object where it lies
 * @param report what the merge did
 */
record WrittenFile(NewFile file, StoredObject object, ShapedReport report) {
    MergeGroup group() {
        return file.group();
    }

    /** How the file's bytes were made. */
    TableReport.MovedBytes bytes() {
        long remapped = 0;
        long recoded = 0;
        for (CompactionReport.ColumnResult column : report.compaction().columns()) {
            switch (column.tier()) {
                case REMAP -> remapped += column.bytes();
                case COALESCE, RECODE -> recoded += column.bytes();
                default -> {
                    // Kept or joined: moved as it was.
                }
            }
        }
        return new TableReport.MovedBytes(report.bytes() - remapped - recoded, remapped, recoded, report.bytes());
    }
}
