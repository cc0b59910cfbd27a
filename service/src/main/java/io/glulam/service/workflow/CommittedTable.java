package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.s3.PriceList;
import io.glulam.service.json.Json;
import io.glulam.storage.Traffic;
import io.glulam.tables.StagedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@link CommitTable}. */
sealed interface CommittedTable {
    /** Reads the result of this instance's fourth step. */
    static CommittedTable of(StepContext context) {
        return read(context.result(CommitTable.NAME));
    }

    static CommittedTable read(JsonNode result) {
        return result.path(CompactedObject.PUBLISHED).booleanValue() ? Snapshot.read(result) : Nothing.read(result);
    }

    /** Returns when the table was committed to; null if it was not. */
    @Nullable
    Instant publishedAt();

    /** Returns how many bytes the table has more; negative if it has fewer. */
    long bytesGained();

    /** Returns how many commits failed beside those that were made. */
    int failedCommits();

    ObjectNode toJson();

    /**
     * A step that has committed nothing.
     *
     * @param reason for people
     * @param left files that the plan leaves, by reason
     */
    record Nothing(String reason, List<LeftFilesJson> left) implements CommittedTable {
        private static Nothing read(JsonNode result) {
            return new Nothing(result.path("reason").asText(), LeftFilesJson.read(result.path("left")));
        }

        @Override
        public @Nullable Instant publishedAt() {
            return null;
        }

        @Override
        public long bytesGained() {
            return 0;
        }

        @Override
        public int failedCommits() {
            return 0;
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode result = Json.object();
            result.put(CompactedObject.PUBLISHED, false);
            result.put("nothingToDo", true);
            result.put("reason", reason);
            result.set("left", LeftFilesJson.toJson(left));
            return result;
        }
    }

    /**
     * A step that has made one commit or more.
     *
     * @param publishedAt when the step ended
     * @param snapshot of the last commit
     * @param recovered whether an earlier attempt had made one of the commits
     * @param files that were replaced, and how the new ones were made
     * @param release the statement that frees the bytes of the files that were replaced
     * @param notes sentences for people
     * @param several the commits; null if there was only one to make
     */
    record Snapshot(
            Instant publishedAt,
            long snapshot,
            boolean recovered,
            NewFiles files,
            String release,
            List<String> notes,
            @Nullable SeveralCommits several)
            implements CommittedTable {
        private static final String SNAPSHOT = "snapshot";
        private static final String RECOVERED = "recovered";
        private static final String HELD = "bytesHeldByOldSnapshots";
        private static final String RELEASE = "release";
        private static final String NOTES = "notes";
        private static final String SNAPSHOTS = "snapshots";
        private static final String FAILED_COMMITS = "failedCommits";

        public Snapshot {
            notes = List.copyOf(notes);
        }

        private static Snapshot read(JsonNode result) {
            List<Long> snapshots = new ArrayList<>();
            result.path(SNAPSHOTS).forEach(each -> snapshots.add(each.longValue()));
            return new Snapshot(
                    Instant.parse(Json.requireText(result, CompactedObject.PUBLISHED_AT)),
                    result.path(SNAPSHOT).longValue(),
                    result.path(RECOVERED).booleanValue(),
                    NewFiles.read(result),
                    result.path(RELEASE).asText(),
                    Json.texts(result.path(NOTES)),
                    result.has(FAILED_COMMITS)
                            ? new SeveralCommits(
                                    snapshots, result.path(FAILED_COMMITS).intValue())
                            : null);
        }

        @Override
        public long bytesGained() {
            return files.after().bytes() - files.before().bytes();
        }

        @Override
        public int failedCommits() {
            return several == null ? 0 : several.failed();
        }

        @Override
        public ObjectNode toJson() {
            ObjectNode result = Json.object();
            result.put(CompactedObject.PUBLISHED, true);
            result.put(CompactedObject.PUBLISHED_AT, publishedAt.toString());
            result.put(SNAPSHOT, snapshot);
            result.put(RECOVERED, recovered);
            files.write(result);
            result.put(HELD, files.before().bytes());
            result.put(RELEASE, release);
            result.set(NOTES, Json.array(notes));
            if (several != null) {
                ArrayNode snapshots = result.putArray(SNAPSHOTS);
                several.snapshots().forEach(snapshots::add);
                result.put(FAILED_COMMITS, several.failed());
            }
            return result;
        }
    }

    /**
     * The commits of a step that was to make several.
     *
     * @param snapshots of those that were made
     * @param failed how many failed
     */
    record SeveralCommits(List<Long> snapshots, int failed) {
        public SeveralCommits {
            snapshots = List.copyOf(snapshots);
        }
    }

    /**
     * The files of all commits of a step.
     *
     * @param before the files that were replaced
     * @param after the new files
     * @param moved bytes that were kept or joined as they were
     * @param remapped bytes whose dictionary indexes were renumbered
     * @param recoded bytes that were decompressed, or decoded and encoded
     * @param traffic requests to the store
     */
    record NewFiles(FileTotals before, FileTotals after, long moved, long remapped, long recoded, Traffic traffic) {
        static final NewFiles NONE = new NewFiles(FileTotals.of(0, 0), FileTotals.of(0, 0), 0, 0, 0, Traffic.NONE);

        /** @param sources number of the files that the new file replaces */
        NewFiles plus(StagedFile file, int sources) {
            return new NewFiles(
                    FileTotals.of(before.files() + sources, before.bytes() + file.sourceBytes()),
                    FileTotals.of(
                            after.files() + 1, after.bytes() + file.bytes().added()),
                    moved + file.bytes().moved(),
                    remapped + file.bytes().remapped(),
                    recoded + file.bytes().recoded(),
                    traffic.plus(file.traffic()));
        }

        private static NewFiles read(JsonNode result) {
            return new NewFiles(
                    FileTotals.read(result.path("before")),
                    FileTotals.read(result.path("after")),
                    result.path("bytesMoved").longValue(),
                    result.path("bytesRemapped").longValue(),
                    result.path("bytesRecoded").longValue(),
                    TrafficJson.read(result));
        }

        private void write(ObjectNode result) {
            result.set("before", before.toJson());
            result.set("after", after.toJson());
            result.put("bytesMoved", moved);
            result.put("bytesRemapped", remapped);
            result.put("bytesRecoded", recoded);
            result.put("requestDollars", PriceList.S3.requests(traffic));
            TrafficJson.write(result, traffic);
        }
    }
}
