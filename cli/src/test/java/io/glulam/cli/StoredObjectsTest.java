package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on objects of a store. The environment of the tests holds its credentials. */
class StoredObjectsTest {
    @TempDir
    Path folder;

    private StrictStore store;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        store = StrictStore.start(StoreRules.R2);
        file = Demo.file(folder, "a.parquet", 6);
        put("data/a.parquet");
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private void put(String key) throws IOException {
        store.put(key, Extents.of(Files.readAllBytes(file)), Map.of());
    }

    private Run run(Object... arguments) {
        List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--endpoint");
        all.add(store.endpoint());
        Run run = Run.of(all.toArray());
        assertThat(run.out() + run.err()).doesNotContain("very-secret");
        return run;
    }

    @Test
    void objectIsCompactedInPlaceAndBroughtBack() {
        Run compacted = run("compact", "r2://bucket/data/a.parquet", "--in-place", "--backup", ".old");

        assertThat(compacted.code()).as(compacted.err()).isZero();
        assertThat(compacted.out()).contains("r2://bucket/data/a.parquet, in place", "copied inside the store");
        assertThat(run("verify", file, "r2://bucket/data/a.parquet").code()).isZero();
        assertThat(store.keys()).containsExactly("data/a.parquet", "data/a.parquet.old");

        Run restored = run("restore", "r2://bucket/data/a.parquet", "--backup", ".old");
        assertThat(restored.out()).isEqualTo("r2://bucket/data/a.parquet: restored from a.parquet.old\n");
        assertThat(store.keys()).containsExactly("data/a.parquet");
        assertThat(store.get("data/a.parquet").length()).isEqualTo(file.toFile().length());
    }

    @Test
    void objectsOfAPrefixAreMergedIntoAnotherAndPartitionsStayApart() throws IOException {
        for (String day : List.of("dt=1", "dt=2")) {
            put("events/" + day + "/part-1.parquet");
            put("events/" + day + "/part-2.parquet");
        }
        Run unasked = run("merge", "r2://bucket/events/", "-o", "r2://bucket/merged/");
        assertThat(unasked.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(unasked.err()).contains("r2://bucket/events/ stands for 4 objects: use --yes to take them all");

        Run dry = run("merge", "r2://bucket/events/", "--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out())
                .contains("This takes of the stores:", "for the requests by R2's list", "Nothing was written.");

        Run merged = run("merge", "r2://bucket/events/", "-o", "r2://bucket/merged/", "--yes");
        assertThat(merged.code()).as(merged.err()).isZero();
        assertThat(merged.out()).contains("merged into 2 files.", "requests: ");
        assertThat(store.keys())
                .contains(
                        "merged/dt=1/part-00000.parquet",
                        "merged/dt=2/part-00000.parquet",
                        "events/dt=1/part-1.parquet");
        Path local = folder.resolve("local.parquet");
        Path copy = Files.copy(file, folder.resolve("copy.parquet"));
        assertThat(run("merge", file, copy, "-o", local).code()).isZero();
        assertThat(run("verify", local, "r2://bucket/merged/dt=2/part-00000.parquet")
                        .code())
                .isZero();

        Run again = run("merge", "r2://bucket/events/dt=*/*.parquet", "-o", "r2://bucket/merged/", "--yes");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("no file to merge.", "(in OUT already)");
        for (String nothing : List.of("r2://bucket/none/", "r2://bucket/none/*.parquet")) {
            Run empty = run("merge", nothing, "-o", "r2://bucket/x/");
            assertThat(empty.code()).as(empty.err()).isZero();
            assertThat(empty.out()).contains("0 files, ", "no file to merge.");
        }
        assertThat(run("merge", "r2://bucket/none/", "-o", "r2://bucket/x/", "--exit-code")
                        .code())
                .isEqualTo(10);
        assertThat(run("merge", "r2://bucket/none.parquet", "-o", "r2://bucket/x/")
                        .code())
                .isEqualTo(6);
        assertThat(run("merge", "r2://nowhere/none/", "-o", "r2://bucket/x/").code())
                .isEqualTo(6);
    }

    @Test
    void objectGoesToADiskAndBack() {
        Path local = folder.resolve("local.parquet");
        assertThat(run("compact", "r2://bucket/data/a.parquet", "-o", local).code())
                .isZero();
        assertThat(run("compact", local, "-o", "r2://bucket/b/").code()).isZero();
        assertThat(run("verify", file, "r2://bucket/b/local.parquet").code()).isZero();
        Run again = run("compact", local, "-o", "r2://bucket/b/");
        assertThat(again.code()).as("as on disk").isEqualTo(ExitCode.USAGE.code());
        assertThat(again.err())
                .isEqualTo("glulam: r2://bucket/b/local.parquet: the object exists; use --force to overwrite it\n");
        assertThat(run("compact", local, "-o", "r2://bucket/b/", "--force").code())
                .isZero();
    }

    @Test
    void objectThatComesMeanwhileIsRefusedInTheSameWay() throws IOException {
        byte[] somebodyElse = {1};
        store.doBefore((number, request) ->
                request.operation() == Operation.COMPLETE_UPLOAD || request.operation() == Operation.PUT
                        ? () -> store.put("b.parquet", Extents.of(somebodyElse), Map.of())
                        : null);

        Run run = run("compact", "r2://bucket/data/a.parquet", "-o", "r2://bucket/b.parquet");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("the object exists; use --force");
        assertThat(store.get("b.parquet").toByteArray()).isEqualTo(somebodyElse);
        assertThat(store.uploads()).isEmpty();
    }

    @Test
    void planForetellsWhatTheStoreIsAsked() {
        Run run = run("plan", "r2://bucket/data/a.parquet", "--bandwidth", "10MB");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Estimated requests and bytes, if done in place:", "by R2's list", "50 ms a request")
                .containsPattern("\\d+ requests: \\d+ get");
    }

    @Test
    void reportCountsRequests() {
        Map<String, Object> report = run("compact", "r2://bucket/data/a.parquet", "--in-place", "--json")
                .document();

        assertThat(report.get("traffic")).asString().contains("bytes_downloaded", "GET", "COMPLETE_UPLOAD");
    }

    @Test
    void reportSaysWhatWasOnlyLookedAt() {
        Map<String, Object> report = run(
                        "compact",
                        "r2://bucket/data/a.parquet",
                        "-o",
                        "r2://bucket/b.parquet",
                        "--without",
                        "conditional-publish",
                        "--json")
                .document();
        assertThat(report.get("only_looked_at")).asString().isEqualTo("[SWAP]");

        Run run = run("compact", "r2://bucket/data/a.parquet", "--in-place", "--without", "conditional-publish");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "The store could not make the swap conditional: the replaced version was checked just before.");
    }

    @Test
    void swapThatDependsOnTheVersionNeedsNoWord() {
        Run run = run("compact", "r2://bucket/data/a.parquet", "--in-place");

        assertThat(run.out()).doesNotContain("conditional");
    }

    @Test
    void prefixesAndPatternsNeedAYes() throws IOException {
        put("data/b.parquet");
        put("data/deep/c.parquet");
        put("data/other.txt");

        Run asked = run("compact", "r2://bucket/data/", "--in-place");
        assertThat(asked.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(asked.err()).contains("matches 3 objects: use --yes");

        Run pattern = run("compact", "r2://bucket/data/?.parquet", "--in-place", "--yes");
        assertThat(pattern.code()).as(pattern.err()).isZero();
        assertThat(pattern.out()).contains("a.parquet, in place", "b.parquet, in place", "2 files done");
        assertThat(store.get("data/deep/c.parquet").length())
                .isEqualTo(file.toFile().length());
    }

    @Test
    void objectOfATableStays() {
        store.put("data/_delta_log/0.json", Extents.of(new byte[1]), Map.of());

        Run run = run("compact", "r2://bucket/data/a.parquet", "--in-place");

        assertThat(run.code()).isEqualTo(ExitCode.UNSUPPORTED.code());
        assertThat(run.err()).contains("Delta table");
    }

    @Test
    void probeFindsTheRulesAndLeavesNothing() {
        Run run = run("store", "probe", "r2://bucket/data/");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("part-copy +yes")
                .containsPattern("conditional-publish +yes")
                .contains("For this store use --without conditional-source,free-parts");
        assertThat(store.keys()).containsExactly("data/a.parquet");
        assertThat(store.uploads()).isEmpty();
    }

    @Test
    void bucketThatIsNotThereIsToldInOneLine() {
        String line = "glulam: r2://nowhere/: no such bucket; check the bucket's name, the endpoint and the account\n";
        for (Run run : List.of(
                run("store", "probe", "r2://nowhere/data/"),
                run("store", "clean", "r2://nowhere/data/"),
                run("inspect", "r2://nowhere/a.parquet"),
                run("compact", file, "-o", "r2://nowhere/a.parquet"))) {
            assertThat(run.code()).isEqualTo(ExitCode.STORAGE_FAILED.code());
            assertThat(run.err()).isEqualTo(line);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void probeThatMayNotWriteSaysSo() {
        store.failWith((number, request) -> Fault.STATUS_403);

        Run run = run("store", "probe", "r2://bucket/data/");

        assertThat(run.code()).isEqualTo(ExitCode.STORAGE_FAILED.code());
        assertThat(run.err())
                .hasLineCount(1)
                .contains(
                        "the store refuses to publish it (AccessDenied); check what the credentials are allowed to do");
    }

    @Test
    void cleanListsAndRemovesWhatNobodyCompleted() {
        store.beginUpload("data/b.parquet");

        assertThat(run("store", "clean", "r2://bucket/data/").out()).contains("No upload is older");
        assertThat(run("store", "clean", "r2://bucket/data/", "--hours", "0").out())
                .contains("r2://bucket/data/b.parquet", "1 upload; --yes removes them");
        Run future = run("store", "clean", "r2://bucket/data/", "--hours", "-1", "--yes");
        assertThat(future.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(future.err()).contains("an upload cannot have been begun in the future");
        assertThat(store.uploads()).hasSize(1);
        run("store", "clean", "r2://bucket/data/", "--hours", "0", "--yes");
        assertThat(store.uploads()).isEmpty();
    }

    @Test
    void whatIsMissingIsToldInOneLine() {
        Run missing = run("inspect", "r2://bucket/none.parquet");
        assertThat(missing.code()).isEqualTo(ExitCode.STORAGE_FAILED.code());
        assertThat(missing.err()).isEqualTo("glulam: r2://bucket/none.parquet: no such object\n");

        Run account = Run.of("inspect", "r2://bucket/none.parquet");
        assertThat(account.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(account.err()).contains("--account");
    }

    @Test
    void storeThatIsNotThereIsToldInOneLine() {
        store.close();

        Run run = run("inspect", "r2://bucket/data/a.parquet");

        assertThat(run.code()).isEqualTo(ExitCode.STORAGE_FAILED.code());
        assertThat(run.err())
                .isEqualTo("glulam: r2://bucket/data/a.parquet: 127.0.0.1 does not answer: no connection; check the"
                        + " endpoint and the network, or try again later\n");
    }

    @Test
    void memoryMayHoldTheFragments() {
        Run run = run("compact", "r2://bucket/data/a.parquet", "--in-place", "--spool", "memory");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run("verify", file, "r2://bucket/data/a.parquet").code()).isZero();
    }
}
