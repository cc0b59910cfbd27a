package io.glulam.tables.iceberg.rewrite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glulam.CompactionOptions;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.tables.SourceDigest;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedFile;
import io.glulam.tables.StagedOutput;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TablePlan;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.DeleteReach;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import io.glulam.tables.iceberg.plan.RewritePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;

/** A rewrite whose outputs are written one by one. The entry of a written file is the entry of its manifest, as JSON. */
public final class StagedRewrite implements StagedCompaction {
    private final Table table;
    private final TableAddress address;
    private final RewritePlan plan;
    private final Function<String, ObjectRef> objects;
    private final Locations locations;
    private final Commits commits;
    private final LongFunction<String> release;
    private final OutputWriter writer;
    private final RewriteCommitter committer;
    private @Nullable List<MergedMetrics> metrics;

    /**
     * @param objects opens a file by its path
     * @param branch to commit to; null for the main one
     * @param commits that the request allows
     * @param release gives the statement that frees what a snapshot replaced
     */
    public StagedRewrite(
            Table table,
            TableAddress address,
            RewritePlan plan,
            CompactionOptions compaction,
            Function<String, ObjectRef> objects,
            Locations locations,
            @Nullable String branch,
            Commits commits,
            LongFunction<String> release) {
        this.table = table;
        this.address = address;
        this.plan = plan;
        this.objects = objects;
        this.locations = locations;
        this.commits = commits;
        this.release = release;
        this.writer = new OutputWriter(table, compaction, objects);
        this.committer = new RewriteCommitter(table, address, plan, branch, Map.of());
    }

    @Override
    public TablePlan plan() {
        return plan.summary();
    }

    @Override
    public List<StagedOutput> outputs() {
        return plan.outputs().stream().map(StagedRewrite::staged).toList();
    }

    private static StagedOutput staged(PlannedOutput output) {
        SourceDigest digest = new SourceDigest();
        for (DataFile file : output.files()) {
            digest.add(file.location(), file.fileSizeInBytes());
            output.deletesOf(file).forEach(delete -> digest.add(DeleteReach.key(delete), delete.fileSizeInBytes()));
        }
        return new StagedOutput(output.partitionName(), output.files().size(), output.bytes(), digest.text());
    }

    @Override
    public Commits commits() {
        return commits;
    }

    @Override
    public String place(int output, String attempt) {
        return new OutputNames(table, attempt).of(job(output));
    }

    private OutputJob job(int output) {
        return OutputJob.of(output, plan.outputs().get(output));
    }

    @Override
    public @Nullable StagedFile write(int output, String place) {
        PlannedOutput planned = plan.outputs().get(output);
        locations.require(place);
        OutputResult result = writer.write(job(output), place);
        WrittenOutput written =
                WrittenOutput.of(table, plan.snapshotId(), planned, metrics().get(output), result);
        if (written == null) {
            return null;
        }
        return new StagedFile(
                output,
                place,
                ContentFileParser.toJson(written.entry(), table.specs().get(planned.specId())),
                result.refused().stream()
                        .map(OutputResult.Refused::source)
                        .sorted()
                        .toList(),
                written.planned().bytes(),
                written.file().made(),
                written.file().moved().traffic());
    }

    private List<MergedMetrics> metrics() {
        if (metrics == null) {
            metrics = SourceMetrics.of(table, plan.snapshotId(), plan.outputs());
        }
        return metrics;
    }

    @Override
    public void removeNew(String place) {
        removeNew(place, objects, locations);
    }

    /**
     * Removes a new file, if it is there.
     *
     * @param objects opens a file by its path
     * @throws Unsupported if the place is outside of {@code locations}, or its name is none of Glulam's
     */
    public static void removeNew(String place, Function<String, ObjectRef> objects, Locations locations) {
        locations.require(place);
        if (!place.endsWith(OutputNames.SUFFIX)) {
            throw new Unsupported(Place.of(place), "the file is none of Glulam's", null);
        }
        ObjectRef object = objects.apply(place);
        ObjectRemover.deleteIfAble(object);
    }

    @Override
    public @Nullable Long find(String run) {
        try {
            return RewriteCommitter.find(table, run);
        } catch (RESTException | UncheckedSQLException failure) {
            throw new StorageFailed(
                    Place.of(address.toString()), "the catalog does not tell the table's history", null, true, failure);
        }
    }

    @Override
    public Committed commit(List<StagedFile> files, String run) {
        return committed(committer.commit(files.stream().map(this::replacement).toList(), run));
    }

    private Replacement replacement(StagedFile staged) {
        PlannedOutput planned = plan.outputs().get(staged.output());
        List<DataFile> sources = new ArrayList<>();
        for (int i = 0; i < planned.files().size(); i++) {
            if (!staged.left().contains(i)) {
                sources.add(planned.files().get(i));
            }
        }
        try {
            return new Replacement(sources, planned.deletesOf(sources), (DataFile)
                    ContentFileParser.fromJson(new ObjectMapper().readTree(staged.entry()), table.specs()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the entry of " + staged.place() + " is not JSON", e);
        }
    }

    @Override
    public Committed committed(long snapshot) {
        return new Committed(snapshot, release.apply(snapshot), List.of());
    }
}
