package io.glulam.spark;

import io.glulam.tables.iceberg.rewrite.RewriteResult.Group;
import org.apache.iceberg.actions.RewriteDataFiles.FileGroupInfo;
import org.apache.iceberg.actions.RewriteDataFiles.FileGroupRewriteResult;

/** A group of which files were committed, as Iceberg's results have it. */
record GroupRewrite(Group group) implements FileGroupRewriteResult {
    @Override
    public FileGroupInfo info() {
        return GroupInfo.of(group);
    }

    @Override
    public int addedDataFilesCount() {
        return group.added();
    }

    @Override
    public int rewrittenDataFilesCount() {
        return group.rewritten();
    }

    @Override
    public long rewrittenBytesCount() {
        return group.bytes();
    }
}
