package io.glulam.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.MixedObject;
import io.glulam.testkit.generate.RealisticFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine asks of its host, counted by a host that is as strict as a store. Needs the profile wasm. */
@EnabledIfSystemProperty(named = "glulam.engine", matches = ".+")
class HostCallsTest {
    private static final int HEAP = 64;

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

    private static Map<String, String> run(Path source, String output, String more)
            throws IOException, InterruptedException {
        String job = "{\"source\":\"%s\",\"output\":\"%s\",\"version\":\"v\",\"buffers\":16777216%s}"
                .formatted(source, folder.resolve(output), more);
        Map<String, String> answer = Node.run(folder, job, HEAP);
        assertThat(answer).doesNotContainKey("crash");
        return answer;
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
        for (long at : new long[] {5, size / 2, size - 20}) {
            Map<String, String> answer = run(fragments, "damaged.parquet", ",\"damage\":" + at);

            assertThat(answer).as("byte " + at).containsEntry("failure", "VerificationFailed");
        }
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
        run(mixed, "copied.parquet", ",\"copies\":true");
        Map<String, String> answer = run(mixed, "passed.parquet", "");

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

    @ParameterizedTest
    @ValueSource(strings = {"copy", "balanced", "smallest"})
    void whatIsReadAheadDoesNotChangeTheOutput(String effort) throws IOException, InterruptedException {
        String setting = ",\"settings\":{\"effort\":\"%s\",\"target-size\":\"1MB\"}".formatted(effort);
        run(fragments, "near.parquet", setting);
        for (String way :
                new String[] {"", ",\"streams\":true", ",\"arena\":300000", ",\"arena\":0,\"streams\":true"}) {
            run(fragments, "far.parquet", ",\"remote\":true" + way + setting);

            assertThat(Files.mismatch(folder.resolve("near.parquet"), folder.resolve("far.parquet")))
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "balanced", "smallest"})
    void valuesAreVerifiedWhereThatIsAskedFor(String effort) throws IOException, InterruptedException {
        String settings = ",\"remote\":true,\"streams\":true,\"settings\":{\"effort\":\"%s\"%s}";
        Map<String, String> once = run(fragments, "once.parquet", settings.formatted(effort, ""));
        Map<String, String> twice =
                run(fragments, "twice.parquet", settings.formatted(effort, ",\"verify\":\"values\""));

        assertThat(twice).doesNotContainKey("failure");
        assertThat(number(twice, "readBytes")).isGreaterThan(number(once, "readBytes"));
        assertThat(Files.mismatch(folder.resolve("once.parquet"), folder.resolve("twice.parquet")))
                .isEqualTo(-1);
    }
}
