package io.glulam.spark;

import io.glulam.tables.iceberg.rewrite.RewriteResult.Group;
import org.apache.iceberg.actions.RewriteDataFiles.FileGroupFailureResult;
import org.apache.iceberg.actions.RewriteDataFiles.FileGroupInfo;

/** A group of which files failed, as Iceberg's results have it. */
record GroupFailure(Group group) implements FileGroupFailureResult {
    @Override
    public FileGroupInfo info() {
        return GroupInfo.of(group);
    }

    @Override
    public int dataFilesCount() {
        return group.failed();
    }
}
