package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.plan.Compression;
import io.glulam.plan.Effort;
import io.glulam.plan.Setting;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages and dictionary entries that are large beside the buffers are moved, or refused with the memory that they need. */
class HugePageTest {
    private static final long BUFFERS = 4 << 20;

    @TempDir
    Path folder;

    /** Writes three row groups, each with {@code rows} times the same value of {@code length} bytes. */
    private Path source(int rows, int length) throws IOException {
        String value = "repeat(md5('value'), " + length / 32 + ")";
        Path once = DuckDbFiles.write(
                "SELECT i::INTEGER AS id, " + value + " AS v FROM range(" + rows + ") t(i)",
                2048,
                "COMPRESSION snappy",
                folder.resolve("once.parquet"));
        Path source = folder.resolve("source.parquet");
        RepeatedFile.write(once, source, 3);
        return source;
    }

    private static CompactionOptions options(Settings settings, long buffers) {
        return CompactionOptions.defaults()
                .withSettings(settings.withThreshold(new Threshold.Fixed(1 << 30)))
                .withBufferBytes(buffers)
                .withOverwrite(true);
    }

    @Test
    void areMovedAsTheyAre() throws IOException {
        Path source = source(1, 12 << 20);
        Path target = folder.resolve("target.parquet");

        CompactionReport report = new Compactor(options(Settings.defaults().withEffort(Effort.COPY), BUFFERS))
                .run(Job.of(source, target));

        assertThat(report.after().rowGroups()).isEqualTo(1);
        assertThat(FileVerifier.firstDifference(source, target, CompactionOptions.defaults()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} rows, {1}, {2}")
    @CsvSource({
        "10, COPY, keep",
        "10, BALANCED, keep",
        "1, COPY, zstd",
        "10, COPY, zstd",
        "1, SMALLEST, zstd",
        "10, SMALLEST, zstd"
    })
    void areRefusedWithTheBuffersThatTheyNeedAndTakenWithThose(int rows, Effort effort, String codec)
            throws IOException {
        Path source = source(rows, 3 << 20);
        Path target = folder.resolve("target.parquet");
        Settings settings =
                Settings.defaults().withEffort(effort).with(Setting.CODEC, Optional.of(Compression.parse(codec)));

        Unsupported refusal = catchThrowableOfType(
                Unsupported.class, () -> new Compactor(options(settings, BUFFERS)).run(Job.of(source, target)));
        long needed = Remedy.buffersOf(refusal.remedy());

        assertThat(needed).as(refusal.getMessage()).isGreaterThan(BUFFERS);
        assertThat(target).doesNotExist();
        assertThatThrownBy(() -> new Compactor(options(settings, needed - 1)).run(Job.of(source, target)))
                .isInstanceOf(Unsupported.class);
        new Compactor(options(settings, needed)).run(Job.of(source, target));
        assertThat(FileVerifier.firstDifference(source, target, CompactionOptions.defaults()))
                .isEmpty();
    }

    @Test
    void areComparedByOneThreadIfTheyDoNotFitAThreadsShare() throws IOException {
        Path source = source(1, 900 << 10);
        Path copy = Files.copy(source, folder.resolve("copy.parquet"));
        CompactionOptions options = CompactionOptions.defaults().withBufferBytes(BUFFERS);

        assertThat(FileVerifier.firstDifference(source, copy, options.withThreads(4)))
                .isEmpty();
        assertThatThrownBy(() -> FileVerifier.firstDifference(source(1, 2 << 20), copy, options.withThreads(4)))
                .isInstanceOf(Unsupported.class)
                .satisfies(failure -> assertThat(Remedy.buffersOf(((Unsupported) failure).remedy()))
                        .isEqualTo(4L * ((2 << 20) + 4)));
    }
}
