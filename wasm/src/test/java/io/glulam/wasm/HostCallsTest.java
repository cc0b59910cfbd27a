package io.glulam.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.MixedObject;
import io.glulam.testkit.generate.RealisticFiles;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine asks of its host, counted by a host that is as strict as a store. Needs the profile wasm. */
@EnabledIfSystemProperty(named = "glulam.engine", matches = ".+")
class HostCallsTest {
    private static final int HEAP = 64;
    private static final List<String> EFFORTS = List.of("copy", "balanced", "smallest");
    /** Of a host whose reads are requests: without streams, with them, with little room, without room. */
    private static final List<String> WAYS =
            List.of("", ",\"streams\":true", ",\"arena\":300000", ",\"arena\":0,\"streams\":true");

    /** The sketch's objects have this share of their bytes in fragments. */
    private static final double SKETCHED = 0.12;

    /** Of a host with streams, by default. */
    private static final long ARENA = 32 << 20;

    /** Bytes of a part that the Worker uploads, and what else it asks for. */
    private static final long PART = 5 << 20;

    private static final int FEW = 20;

    private static final List<String> BUDGETED =
            List.of("reads", "readBytes", "readsBack", "readBackBytes", "copiedBytes", "bytes", "arrayBuffers");

    /** Bytes of an object's end in which a footer is looked for. */
    private static final long TAIL = 64 << 10;

    @TempDir
    private static Path folder;

    private static Path fragments;
    private static Path mixed;

    @BeforeAll
    static void writeFiles() throws IOException {
        fragments = RealisticFiles.small(folder.resolve("fragments.parquet"));
        mixed = MixedObject.write(Files.createDirectory(folder.resolve("mixed")), 100_000_000, 4, 0.12);
    }

    private static String job(Path source, String output, String more) {
        return "{\"source\":\"%s\",\"output\":\"%s\",\"version\":\"v\",\"buffers\":16777216%s}"
                .formatted(source, folder.resolve(output), more);
    }

    /** Runs jobs in one Node, whose start takes seconds. */
    private static List<Map<String, String>> run(List<String> jobs) throws IOException, InterruptedException {
        Path file = Files.write(Files.createTempFile(folder, "jobs", ""), jobs);
        List<Map<String, String>> answers = new ArrayList<>();
        for (String line : Node.lines(file, HEAP)) {
            answers.add(Node.answer(line));
        }
        assertThat(answers)
                .hasSameSizeAs(jobs)
                .allSatisfy(answer -> assertThat(answer).doesNotContainKey("crash"));
        return answers;
    }

    private static Map<String, String> run(Path source, String output, String more)
            throws IOException, InterruptedException {
        return run(List.of(job(source, output, more))).get(0);
    }

    private static long number(Map<String, String> answer, String field) {
        return Long.parseLong(answer.get(field));
    }

    @Test
    void theNewObjectIsSealedOnceAndThenReadBackOnce() throws IOException, InterruptedException {
        Map<String, String> answer = run(fragments, "sealed.parquet", "");

        assertThat(answer).doesNotContainKey("failure").containsEntry("seals", "1");
        assertThat(number(answer, "readBackBytes")).isEqualTo(number(answer, "bytes"));
        assertThat(number(answer, "largestRead")).isLessThanOrEqualTo(8 << 20);
    }

    @Test
    void aByteThatTheStoreChangedIsFound() throws IOException, InterruptedException {
        long size = number(run(fragments, "whole.parquet", ""), "bytes");
        List<Map<String, String>> answers = run(LongStream.of(5, size / 2, size - 20)
                .mapToObj(at -> job(fragments, "damaged.parquet", ",\"damage\":" + at))
                .toList());

        assertThat(answers).allSatisfy(answer -> assertThat(answer).containsEntry("failure", "VerificationFailed"));
    }

    @Test
    void keptRowGroupsAreCopiedByTheStoreAndNotReadBack() throws IOException, InterruptedException {
        Map<String, String> answer = run(mixed, "copied.parquet", ",\"copies\":true");

        assertThat(answer).doesNotContainKey("failure");
        assertThat(number(answer, "copiedBytes")).isGreaterThan(Files.size(mixed) * 8 / 10);
        assertThat(number(answer, "readBackBytes"))
                .isLessThanOrEqualTo(number(answer, "bytes") - number(answer, "copiedBytes") + TAIL);
    }

    @Test
    void aHostWithoutCopiesPassesKeptRowGroupsOnAndTheyAreNotReadBack() throws IOException, InterruptedException {
        Map<String, String> answer = run(List.of(
                        job(mixed, "copied.parquet", ",\"copies\":true"), job(mixed, "passed.parquet", "")))
                .get(1);

        assertThat(answer).doesNotContainKey("failure");
        assertThat(Files.mismatch(folder.resolve("copied.parquet"), folder.resolve("passed.parquet")))
                .isEqualTo(-1);
        assertThat(number(answer, "readBackBytes")).isLessThan(Files.size(mixed) * 13 / 100 + TAIL);
    }

    @ParameterizedTest
    @CsvSource({"copy,true", "balanced,true", "smallest,true", "balanced,false"})
    void mostlyHealthyHundredMegabytesTakeFiveReadsAndFiftyMegabytes(String effort, boolean streams)
            throws IOException, InterruptedException {
        Map<String, String> answer = run(
                mixed,
                "read.parquet",
                ",\"remote\":true,\"copies\":true,\"streams\":%s,\"settings\":{\"effort\":\"%s\"}"
                        .formatted(streams, effort));

        assertThat(answer).doesNotContainKey("failure");
        assertThat(number(answer, "reads")).isLessThanOrEqualTo(5);
        assertThat(number(answer, "readBytes")).isLessThanOrEqualTo(50_000_000);
        assertThat(number(answer, "arrayBuffers")).isLessThanOrEqualTo(48 << 20);
        assertThat(number(answer, "readBackBytes"))
                .isLessThanOrEqualTo(number(answer, "bytes") - number(answer, "copiedBytes") + TAIL);
    }

    @Test
    void mostlyHealthyHalfAGigabyteTakesTenReadsAndAHundredMegabytes() throws IOException, InterruptedException {
        Map<String, String> answer = budgeted(large(500_000_000, 4, SKETCHED), "");

        assertThat(number(answer, "reads")).isLessThanOrEqualTo(10);
        assertThat(number(answer, "readBytes")).isLessThanOrEqualTo(100_000_000);
    }

    /** Fragments of which the arena holds a part only are read twice: once to plan, once to move. */
    @Tag("large")
    @Test
    void mostlyHealthyGigabyteTakesFifteenReadsAndReadsTwiceWhatTheArenaDoesNotHold()
            throws IOException, InterruptedException {
        Path file = large(1_000_000_000, 4, SKETCHED);
        long fragmentBytes = (long) (Files.size(file) * SKETCHED);
        Map<String, String> answer = budgeted(file, "");

        assertThat(number(answer, "reads")).isLessThanOrEqualTo(15);
        assertThat(number(answer, "readBytes")).isLessThanOrEqualTo(2 * fragmentBytes - ARENA / 2);

        Map<String, String> once = budgeted(file, ",\"arena\":" + 4 * ARENA);
        assertThat(number(once, "reads")).isLessThanOrEqualTo(15);
        assertThat(number(once, "readBytes")).isLessThanOrEqualTo(150_000_000);
    }

    /** Reads, windows that are read back, and parts of 5 MiB; beginning, completing and publishing take a few more. */
    @Tag("large")
    @Test
    void halfAGigabyteOfFragmentsTakesSixHundredRequests() throws IOException, InterruptedException {
        Map<String, String> answer = budgeted(large(512_000_000, 1, 1), "");

        long parts = number(answer, "bytes") / PART + 1;
        assertThat(number(answer, "reads") + number(answer, "readsBack") + parts + FEW)
                .isLessThanOrEqualTo(600);
    }

    /** A footer of some 12 KB a row group, longer than the 4 MiB that are held of one. */
    @Test
    void aFooterThatIsTooLongToBeHeldIsReadInWindows() throws IOException, InterruptedException {
        Path source = folder.resolve("footer.parquet");
        RepeatedFile.ofIntegers(source, 100, 10, Integer.getInteger("glulam.rowgroups", 450));
        String settings = ",\"settings\":{\"max-rows\":\"2000\"}";

        Map<String, String> near = run(source, "near.parquet", settings);
        Map<String, String> far =
                run(source, "far.parquet", ",\"remote\":true,\"copies\":true,\"streams\":true" + settings);

        System.out.println(Files.size(source) + " bytes: " + told(far));
        assertThat(near).doesNotContainKey("failure");
        assertThat(far).doesNotContainKey("failure");
        assertThat(folder.resolve("far.parquet")).hasSameBinaryContentAs(folder.resolve("near.parquet"));
        assertThat(number(far, "arrayBuffers")).isLessThanOrEqualTo(48 << 20);
    }

    private static String told(Map<String, String> answer) {
        return BUDGETED.stream().map(field -> field + " " + answer.get(field)).collect(Collectors.joining(", "));
    }

    /** Compacts an object as a Worker does that has a key for part copies. */
    private static Map<String, String> budgeted(Path file, String more) throws IOException, InterruptedException {
        Map<String, String> answer = run(
                file, "budgeted.parquet", ",\"remote\":true,\"copies\":true,\"holes\":true,\"streams\":true" + more);
        System.out.println(file.getFileName() + more + ": " + told(answer));
        assertThat(answer).doesNotContainKey("failure");
        assertThat(number(answer, "readBackBytes"))
                .isLessThanOrEqualTo(number(answer, "bytes") - number(answer, "copiedBytes") + TAIL);
        return answer;
    }

    /** Of the pieces that were made for the first one. */
    private static Path large(long bytes, int runs, double fragmentShare) throws IOException {
        return MixedObject.write(folder.resolve("mixed"), bytes, runs, fragmentShare);
    }

    @Test
    void whatIsReadAheadDoesNotChangeTheOutput() throws IOException, InterruptedException {
        List<String> jobs = new ArrayList<>();
        for (String effort : EFFORTS) {
            String setting = ",\"settings\":{\"effort\":\"%s\",\"target-size\":\"1MB\"}".formatted(effort);
            jobs.add(job(fragments, effort + "-near.parquet", setting));
            for (int way = 0; way < WAYS.size(); way++) {
                jobs.add(job(fragments, effort + "-far-" + way, ",\"remote\":true" + WAYS.get(way) + setting));
            }
        }
        run(jobs);

        for (String effort : EFFORTS) {
            for (int way = 0; way < WAYS.size(); way++) {
                assertThat(folder.resolve(effort + "-far-" + way))
                        .hasSameBinaryContentAs(folder.resolve(effort + "-near.parquet"));
            }
        }
    }

    @Test
    void valuesAreVerifiedWhereThatIsAskedFor() throws IOException, InterruptedException {
        String settings = ",\"remote\":true,\"streams\":true,\"settings\":{\"effort\":\"%s\"%s}";
        List<String> jobs = new ArrayList<>();
        for (String effort : EFFORTS) {
            jobs.add(job(fragments, effort + "-once.parquet", settings.formatted(effort, "")));
            jobs.add(job(fragments, effort + "-twice.parquet", settings.formatted(effort, ",\"verify\":\"values\"")));
        }
        List<Map<String, String>> answers = run(jobs);

        assertThat(answers).noneMatch(answer -> answer.containsKey("failure"));
        for (int i = 0; i < EFFORTS.size(); i++) {
            assertThat(number(answers.get(2 * i + 1), "readBytes"))
                    .isGreaterThan(number(answers.get(2 * i), "readBytes"));
            assertThat(folder.resolve(EFFORTS.get(i) + "-twice.parquet"))
                    .hasSameBinaryContentAs(folder.resolve(EFFORTS.get(i) + "-once.parquet"));
        }
    }
}
