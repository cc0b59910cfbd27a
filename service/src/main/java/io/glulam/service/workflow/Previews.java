package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.Inspection;
import io.glulam.picture.ChunkPages;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.json.Json;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.TableJob;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows what compactions would do, without a queue: only so many at once, since each takes a compaction's memory. Thread-safe. */
final class Previews {
    private static final int MAX_PARTITIONS = 1_000;

    /** Of column chunks that are shown; the Worker's are the same. */
    private static final int MAX_ROW_GROUPS = 100;

    private static final int MAX_COLUMNS = 100;

    /** Of a chunk whose pages are shown: a page's header may take a request. */
    private static final int MAX_PAGES = 20;

    private final Bucket bucket;
    private final CompactionResources resources;
    private final CompactionResult results;
    private final DatasetScan scan;
    private final @Nullable TableWork tables;
    private final Semaphore plans;
    private final Semaphore scans = new Semaphore(1);

    /**
     * @param tables that are served; null for none
     * @param plans permits for what takes a compaction's memory beside the instances
     */
    Previews(
            Bucket bucket,
            CompactionResources resources,
            CompactionResult results,
            DatasetScan scan,
            @Nullable TableWork tables,
            Semaphore plans) {
        this.bucket = bucket;
        this.resources = resources;
        this.results = results;
        this.scan = scan;
        this.tables = tables;
        this.plans = plans;
    }

    /** Returns the plan of a compaction of an object; null if too many are being planned. */
    @Nullable
    ObjectNode plan(String key, CompactionRequest.Terms terms) {
        return with(plans, () -> {
            Inspection before = bucket.inspect(key, resources.options(terms.settings()));
            Plan plan = bucket.plan(key, resources.options(terms.settings()));
            ObjectNode output = results.before(before);
            output.put("bucketKey", key);
            results.planned(output, plan, before.shape());
            return output;
        });
    }

    /** Looks at an object's row groups and its first column chunks; null if too many are being planned. */
    @Nullable
    ObjectNode inspect(String key, Settings wanted) {
        return with(plans, () -> {
            Bucket.Chunks found = bucket.chunks(key, resources.options(wanted), MAX_ROW_GROUPS, MAX_COLUMNS);
            ObjectNode output = results.before(found.inspection());
            output.put("bucketKey", key);
            output.put("threshold", found.inspection().shape().threshold());
            output.put("rowGroupsAfter", found.inspection().rowGroupsAfter());
            output.set("chunks", Json.parse(found.chunks().json()));
            return output;
        });
    }

    /** Lists the first pages of a column chunk; null if too many are being planned. */
    @Nullable
    ObjectNode pages(String key, int rowGroup, int column) {
        return with(plans, () -> {
            ChunkPages pages = bucket.pages(key, resources.options(Settings.defaults()), rowGroup, column, MAX_PAGES)
                    .orElseThrow(() -> new InvalidField("rowGroup", "or column: the object has no such chunk"));
            ObjectNode output = (ObjectNode) Json.parse(pages.json());
            return output.put("bucketKey", key).put("rowGroup", rowGroup).put("column", column);
        });
    }

    /** Returns the plan of a compaction of a table; null if too many are being planned. */
    @Nullable
    ObjectNode plan(TableJob job) {
        TableWork work = LackingTables.require(tables);
        work.require(job);
        return with(plans, () -> TablePlanJson.of(job.table(), work.plan(job), MAX_PARTITIONS));
    }

    /** Looks through objects of the bucket; null if that is being done already. */
    @Nullable
    ObjectNode scan(DatasetScan.Request request, Settings options) {
        return with(scans, () -> scan.run(request, options));
    }

    private static @Nullable ObjectNode with(Semaphore permits, Supplier<ObjectNode> work) {
        if (!permits.tryAcquire()) {
            return null;
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
