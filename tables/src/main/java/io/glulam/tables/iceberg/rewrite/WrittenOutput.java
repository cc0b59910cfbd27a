package io.glulam.tables.iceberg.rewrite;

import io.glulam.ShapedReport;
import io.glulam.storage.StoredObject;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import org.apache.iceberg.DataFile;

/**
 * A new file that is written and not committed yet.
 *
 * @param planned its sources
 * @param file its entry for the manifest
 * @param object where it lies
 * @param report how it came about
 */
public record WrittenOutput(PlannedOutput planned, DataFile file, StoredObject object, ShapedReport report) {
    Replacement replacement() {
        return new Replacement(planned.files(), file);
    }
}
