package io.glulam.spark;

import io.glulam.tables.iceberg.rewrite.RewriteResult.Group;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.actions.RewriteDataFiles.FileGroupInfo;

/** A group, as Iceberg's results name it. */
record GroupInfo(int globalIndex, int partitionIndex, StructLike partition) implements FileGroupInfo {
    static GroupInfo of(Group group) {
        return new GroupInfo(group.number(), group.number(), group.partition());
    }
}
