package io.glulam.tables.delta;

import io.glulam.ShapedReport;
import io.glulam.storage.StoredObject;
import java.util.List;

/**
 * A new file that is not committed yet.
 *
 * @param group that it is made from
 * @param path for the log
 * @param object where it lies
 * @param modified when it was written, milliseconds since 1970
 * @param forms of the group's files
 * @param report what the merge did
 */
record WrittenFile(
        MergeGroup group, String path, StoredObject object, long modified, List<FileForm> forms, ShapedReport report) {}
