package io.glulam.tables.iceberg.rewrite;

import io.glulam.tables.TableReport;
import java.util.List;
import org.apache.iceberg.StructLike;

/**
 * The result of a run.
 *
 * @param report for people
 * @param groups the groups of the plan of which files were committed or failed, in the order of the plan
 */
public record RewriteResult(TableReport report, List<Group> groups) {
    public RewriteResult {
        groups = List.copyOf(groups);
    }

    /**
     * A group of files.
     *
     * @param number as {@link io.glulam.tables.iceberg.plan.PlannedOutput#group}
     * @param partition its tuple
     * @param rewritten number of files that were replaced
     * @param added number of files that replace them
     * @param bytes sum of the sizes of the files that were replaced
     * @param failed number of files that were not replaced because writing or committing failed
     */
    public record Group(int number, StructLike partition, int rewritten, int added, long bytes, int failed) {}
}
