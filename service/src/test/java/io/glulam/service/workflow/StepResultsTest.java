package io.glulam.service.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.MergeReport.Outcome;
import io.glulam.service.bucket.MergeInput;
import io.glulam.service.json.Json;
import io.glulam.service.workflow.BegunMerge.Output;
import io.glulam.service.workflow.PinnedInputs.PinnedDataset;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.RequestKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Results of steps as the ledger of a server holds them that is restarted with another release. */
@Tag("once")
class StepResultsTest {
    private static final Instant TIME = Instant.parse("2026-12-01T01:02:03.004Z");

    private static final String VALIDATED = """
        {"datasetId":"d","bucketKey":"a.parquet","compactionNeeded":true,"forced":false,"version":"7"}\
        """;
    private static final String SKIPPED = """
        {"datasetId":"d","compactionNeeded":false,"forced":false,"version":"7","skipped":true,\
        "reason":"the dataset is not flagged compaction_needed; send \\"force\\": true to compact it anyway"}\
        """;
    private static final String METADATA = """
        {"bucketKey":"a.parquet","size":123,"etag":"\\"e\\""}\
        """;
    private static final String COMPACTED = """
        {"published":true,"publishedAt":"2026-12-01T01:02:03.004Z","bucketKey":"b.parquet",\
        "sourceVersion":"old","version":"new","size":99}\
        """;
    private static final String UNCHANGED = """
        {"published":false,"bucketKey":"a.parquet","sourceVersion":"old","version":"old","size":123}\
        """;
    private static final String UPDATED = """
        {"flagKept":false,"fileSizeBytes":99,"lastCompactedAt":"2026-12-01T01:02:03.004Z"}\
        """;
    private static final String KEPT = """
        {"flagKept":true,"reason":"a commit failed","fileSizeBytes":99,"lastCompactedAt":null}\
        """;

    private static final String NAMED = """
        {"objects":2,"size":30,"inputs":[\
        {"bucketKey":"b.parquet","group":"","size":10,"version":"v1"},\
        {"bucketKey":"a.parquet","group":"","size":20,"version":"v2"}],\
        "datasets":[{"datasetId":"d","bucketKey":"a.parquet","version":"7"}]}\
        """;
    private static final String FOUND = """
        {"passedOver":{"HIDDEN":1,"REPLACED":2},"passedOverKeys":["p/_SUCCESS"],"objects":1,"size":10,\
        "inputs":[{"bucketKey":"p/a.parquet","group":"p/","size":10,"version":"v1"}],"datasets":[]}\
        """;
    private static final String INTENT = """
        {"before":{"files":2,"bytes":30},"bucketKey":"m/","outputs":[\
        {"bucketKey":"m/part-00000.parquet","size":11,"version":"w1"},\
        {"bucketKey":"m/part-00001.parquet","size":12,"version":""}],\
        "publishedAt":"2026-12-01T01:02:03.004Z"}\
        """;
    private static final String MERGED = """
        {"before":{"files":3,"bytes":30,"rows":5,"rowGroups":4},"bucketKey":"m/","outputs":[\
        {"bucketKey":"m/part-00000.parquet","size":11,"version":"w1","rows":5,"rowGroups":1}],\
        "publishedAt":"2026-12-01T01:02:03.004Z","outcome":"MERGED",\
        "passedOver":{"FEW":1},"left":["p/c.parquet"],"bytesRead":30,"bytesWritten":11,\
        "traffic":{"bytesDownloaded":30,"bytesUploaded":11,"bytesCopied":0,"requests":{"GET":3,"PUT":1}},\
        "phases":[{"phase":"copy","wallSeconds":0.125,"cpuSeconds":0.5}],"dropped":["ARROW:schema: differs"],\
        "published":true,"after":{"files":1,"bytes":11,"rows":5,"rowGroups":1,"fragments":0}}\
        """;
    private static final String RECOVERED = """
        {"before":{"files":2,"bytes":30},"bucketKey":"all.parquet","outputs":[\
        {"bucketKey":"all.parquet","size":11,"version":"w1","rows":5,"rowGroups":1}],\
        "publishedAt":"2026-12-01T01:02:03.004Z","recovered":true,"published":true,"outcome":"MERGED",\
        "after":{"files":1,"bytes":11,"rows":5,"rowGroups":1,"fragments":0}}\
        """;
    private static final String NOT_MERGED = """
        {"before":{"files":0,"bytes":0,"rows":0,"rowGroups":0},"bucketKey":"m/","outputs":[],\
        "outcome":"NO_CANDIDATES","passedOver":{},"left":[],"bytesRead":0,"bytesWritten":0,"phases":[],\
        "dropped":[],"published":false,"nothingToDo":true,"reason":"there is no object to merge"}\
        """;
    private static final String DATASETS = """
        {"datasets":[{"datasetId":"a","bucketKey":"a.parquet","flagKept":false},\
        {"datasetId":"b","bucketKey":"b.parquet","flagKept":true,"reason":"the object was not merged"}],\
        "flagKept":true,"reason":"dataset b: the object was not merged"}\
        """;

    private static final String PLANNED = """
        {"table":"t","format":"Iceberg v2","snapshot":77,"outcome":"COMPACTED","nothingToDo":false,\
        "reason":"files were merged","before":{"files":4,"bytes":400,"rows":9},"partitionCount":1,\
        "partitions":[],"left":[{"reason":"DELETES","files":1,"bytes":5,"sentence":"rows are deleted",\
        "remedy":"apply the deletes"}],"rowGroups":{"known":4,"fragments":4,"filesJudged":4,\
        "filesSampled":0,"filesUnread":0},"requestDollars":0.0,"notes":[],"work":"i-3","digest":"abc",\
        "taken":[0,2],"outputs":3,"outputsLeftByCeiling":1,"bytesTaken":300,"dollarsTaken":0.25}\
        """;
    private static final String COMMITTED = """
        {"published":true,"publishedAt":"2026-12-01T01:02:03.004Z","snapshot":78,"recovered":false,\
        "before":{"files":4,"bytes":400},"after":{"files":1,"bytes":150},"bytesMoved":100,"bytesRemapped":30,\
        "bytesRecoded":20,"requestDollars":5.4E-6,"traffic":{"bytesDownloaded":400,"bytesUploaded":150,\
        "bytesCopied":0,"requests":{"GET":1,"PUT":1}},"bytesHeldByOldSnapshots":400,\
        "release":"CALL expire_snapshots()","notes":["a note"],"snapshots":[77,78],"failedCommits":1}\
        """;
    private static final String NOT_COMMITTED = """
        {"published":false,"nothingToDo":true,"reason":"maxBytes is 1","left":[]}\
        """;

    /** Each record writes what it has read, and passes over what a later release may add. */
    @Test
    void resultsOfTodayAreReadAndWrittenAgainFieldByField() {
        assertSame(VALIDATED, StepResultsTest::validated);
        assertSame(SKIPPED, StepResultsTest::validated);
        assertSame(METADATA, json -> FileMetadata.read(json).toJson());
        assertSame(COMPACTED, StepResultsTest::compacted);
        assertSame(UNCHANGED, StepResultsTest::compacted);
        assertSame(UPDATED, json -> UpdatedDataset.read(json).toJson());
        assertSame(KEPT, json -> UpdatedDataset.read(json).toJson());
        assertSame(NAMED, json -> PinnedInputs.read(json).toJson());
        assertSame(FOUND, json -> PinnedInputs.read(json).toJson());
        assertSame(INTENT, json -> BegunMerge.read(json).toJson());
        assertSame(MERGED, json -> MergedObjects.read(json).toJson());
        assertSame(NOT_MERGED, json -> MergedObjects.read(json).toJson());
        assertSame(RECOVERED, json -> MergedObjects.read(json).toJson());
        assertSame(DATASETS, json -> UpdatedDatasets.read(json).toJson());
        assertSame(COMMITTED, json -> CommittedTable.read(json).toJson());
        assertSame(NOT_COMMITTED, json -> CommittedTable.read(json).toJson());
    }

    private static void assertSame(String text, Function<JsonNode, ObjectNode> again) {
        JsonNode stored = Json.parse(text);
        assertThat(Json.text(again.apply(stored))).isEqualTo(text);
        ObjectNode later = stored.deepCopy();
        later.put("fieldOfALaterRelease", 1);
        assertThat(Json.text(again.apply(later))).isEqualTo(text);
    }

    private static ObjectNode validated(JsonNode json) {
        ObjectNode result = Json.object();
        ValidatedDataset.read(json, "d").write(result);
        return result;
    }

    private static ObjectNode compacted(JsonNode json) {
        ObjectNode result = Json.object();
        CompactedObject.read(json).write(result);
        return result;
    }

    @Test
    void aPlanKeepsItsFieldsBesideThoseOfTheStep() {
        ObjectNode stored = (ObjectNode) Json.parse(PLANNED);
        ObjectNode plan = stored.deepCopy().without(List.of("work", "digest", "taken", "outputs"));
        plan = plan.without(List.of("outputsLeftByCeiling", "bytesTaken", "dollarsTaken"));

        PlannedTable planned = PlannedTable.read(stored);
        planned.pin().write(plan);

        assertThat(Json.text(plan)).isEqualTo(PLANNED);
        assertThat(planned.work()).isEqualTo("i-3");
        assertThat(planned.pin().digest()).isEqualTo("abc");
        assertThat(planned.taken()).containsExactly(0, 2);
        assertThat(planned.pin().taken().left()).isEqualTo(1);
        assertThat(planned.snapshot()).isEqualTo(77);
        assertThat(planned.bytes()).isEqualTo(400);
        assertThat(planned.left())
                .containsExactly(new LeftFilesJson("DELETES", 1, 5, "rows are deleted", "apply the deletes"));
    }

    @Test
    void theReasonOfAPlanWithoutFilesIsThePlansTheCeilingsOrThatThereIsNone() {
        ObjectNode stored = (ObjectNode) Json.parse(PLANNED);

        assertThat(PlannedTable.read(stored).whyNothing()).isEqualTo("no output can be made; the plan tells why");
        assertThat(PlannedTable.read(stored.put("ceiling", "maxBytes is 1")).whyNothing())
                .isEqualTo("maxBytes is 1");
        assertThat(PlannedTable.read(stored.put("nothingToDo", true)).whyNothing())
                .isEqualTo("files were merged");
    }

    @Test
    void aLaterStepReadsPinnedInputsAndTheirDatasets() {
        PinnedInputs pinned = PinnedInputs.read(Json.parse(NAMED));

        assertThat(pinned.passedOver()).isNull();
        assertThat(pinned.inputs())
                .containsExactly(new MergeInput("b.parquet", "", 10, "v1"), new MergeInput("a.parquet", "", 20, "v2"));
        assertThat(pinned.datasets()).containsExactly(new PinnedDataset("d", "a.parquet", "7"));
    }

    @Test
    void aLaterRunGoesOnWithTheOutputsThatWerePublished() {
        BegunMerge intent = BegunMerge.read(Json.parse(INTENT));
        ObjectFacts last = new ObjectFacts("m/part-00001.parquet", 12, "w2", TIME, null);

        assertThat(intent.found(last).outputs())
                .containsExactly(
                        new Output("m/part-00000.parquet", 11, "w1", null, null),
                        new Output("m/part-00001.parquet", 12, "w2", null, null));
        assertThat(intent.found(last).isRecovered()).isTrue();
        assertThat(intent.found(null).outputs())
                .containsExactly(new Output("m/part-00000.parquet", 11, "w1", null, null));
        assertThat(intent.found(null).found(null).outputs()).isEmpty();
        assertThat(intent.found(null).found(null).isRecovered()).isFalse();
        assertThat(Json.text(intent.found(null).found(null).toJson()))
                .isEqualTo("{\"before\":{\"files\":2,\"bytes\":30},\"bucketKey\":\"m/\",\"outputs\":[],"
                        + "\"publishedAt\":\"2026-12-01T01:02:03.004Z\",\"recovered\":false}");
        assertThat(intent.publishing("m/x.parquet", 9, "w3", TIME).outputs()).hasSize(3);
        assertThat(intent.outputs()).hasSize(2);
    }

    @Test
    void aMergeHoldsWhatItDidNotLeave() {
        MergedObjects merged = MergedObjects.read(Json.parse(MERGED));

        assertThat(merged.publishedAt()).isEqualTo(TIME);
        assertThat(merged.versions()).isEqualTo(Map.of("m/part-00000.parquet", "w1"));
        assertThat(merged.holds("p/a.parquet")).isTrue();
        assertThat(merged.holds("p/c.parquet")).isFalse();
        assertThat(merged.summary().outcome()).isEqualTo(Outcome.MERGED);
        assertThat(merged.summary().transfer().traffic().count(RequestKind.GET)).isEqualTo(3);
        assertThat(MergedObjects.read(Json.parse(RECOVERED)).holds("any.parquet"))
                .isTrue();
        assertThat(MergedObjects.read(Json.parse(NOT_MERGED)).publishedAt()).isNull();
    }

    @Test
    void whereAReportDoesNotNameAllThatAMergeLeftNoObjectCountsAsMerged() {
        MergedObjects merged = MergedObjects.read(Json.parse(MERGED.replace("\"FEW\":1", "\"FEW\":1001")));

        assertThat(merged.holds("p/a.parquet")).isFalse();
    }

    @Test
    void namesThatAnotherReleaseHasWrittenDoNotStopAStep() {
        String other = MERGED.replace("\"outcome\":\"MERGED\"", "\"outcome\":\"PARTLY_MERGED\"")
                .replace("\"GET\":3", "\"PEEK\":3")
                .replace("\"copy\"", "\"think\"");

        MergedObjects merged = MergedObjects.read(Json.parse(other));

        assertThat(merged.summary().outcome()).isNull();
        assertThat(merged.summary().transfer().traffic().requests()).isEqualTo(Map.of(RequestKind.PUT, 1L));
        assertThat(merged.summary().transfer().phases().get(0).phase()).isEqualTo("think");
        assertThat(merged.publishedAt()).isEqualTo(TIME);
    }

    @Test
    void aCommitTellsItsTimeItsGainAndItsFailures() {
        CommittedTable committed = CommittedTable.read(Json.parse(COMMITTED));
        CommittedTable nothing = CommittedTable.read(Json.parse(NOT_COMMITTED));

        assertThat(committed.publishedAt()).isEqualTo(TIME);
        assertThat(committed.bytesGained()).isEqualTo(-250);
        assertThat(committed.failedCommits()).isEqualTo(1);
        assertThat(nothing.publishedAt()).isNull();
        assertThat(nothing.bytesGained()).isZero();
        assertThat(nothing.failedCommits()).isZero();
    }

    @Test
    void whatAStepNeedsAndDoesNotFindIsNamed() {
        assertThatThrownBy(() -> BegunMerge.read(Json.object())).hasMessageContaining("bucketKey");
        assertThatThrownBy(() -> PlannedTable.read(Json.object())).hasMessageContaining("work");
        assertThatThrownBy(() -> CommittedTable.read(Json.parse("{\"published\":true}")))
                .hasMessageContaining("publishedAt");
        assertThatThrownBy(() -> PinnedInputs.read(Json.parse("{\"inputs\":[{\"bucketKey\":\"a\",\"group\":\"\"}]}")))
                .hasMessageContaining("version");
    }

    @Test
    void whatAStepCanDoWithoutMayBeMissing() {
        ValidatedDataset validated = ValidatedDataset.read(Json.object(), "d");
        assertThat(validated.rowVersion()).as("without it the flag stays").isNull();
        assertThat(validated.id()).isEqualTo("d");
        assertThat(FileMetadata.read(Json.object()).etag()).isEmpty();
        PinnedInputs pinned = PinnedInputs.read(Json.object());
        assertThat(pinned.inputs()).isEmpty();
        assertThat(pinned.datasets()).isEmpty();
        MergedObjects merged = MergedObjects.read(Json.parse("{\"bucketKey\":\"m/\"}"));
        assertThat(merged.publishedAt()).isNull();
        assertThat(merged.versions()).isEmpty();
        assertThat(CommittedTable.read(Json.object()).publishedAt()).isNull();
        assertThat(UpdatedDataset.read(Json.object()).lastCompactedAt()).isNull();
        assertThat(UpdatedDatasets.read(Json.object()).rows()).isEmpty();
    }
}
