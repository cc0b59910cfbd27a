package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Settings;
import io.glulam.testkit.bytes.HostileFile;
import io.glulam.testkit.bytes.HostileFile.Harm;
import io.glulam.testkit.bytes.HostileFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that lies is refused with a word that says so, or comes out as it was; it never does anything else. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileCompactionTest {
    @TempDir
    Path folder;

    static List<HostileFile> files() {
        return HostileFiles.all(Seeds.base());
    }

    @ParameterizedTest
    @MethodSource("files")
    void isRefusedOrComesOutAsItWas(HostileFile hostile) {
        Path source = hostile.write(folder);
        Path output = folder.resolve("output.parquet");
        CompactionReport report;
        try {
            report = new Compactor(CompactionOptions.defaults()
                            .withSettings(Settings.defaults())
                            .withBufferBytes(16 << 20))
                    .run(Job.of(source, output));
        } catch (GlulamException refusal) {
            assertThat(refusal).isInstanceOfAny(CorruptFile.class, Unsupported.class);
            assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n");
            assertThat(Files.exists(output)).isFalse();
            return;
        }
        assertThat(hostile.harm()).isNotEqualTo(Harm.FOOTER);
        int[] order = IntStream.concat(
                        report.plan().groups().stream()
                                .map(OutputGroup::sources)
                                .flatMapToInt(sources -> sources.stream()),
                        report.plan().dropped().stream())
                .toArray();
        assertThat(firstDifference(source, order, output)).isEqualTo(firstDifference(source, order, source));
    }

    /** What cannot be read is a difference too. */
    private static Optional<String> firstDifference(Path source, int[] order, Path other) {
        try (ParquetFile before = ParquetFile.open(source);
                ParquetFile after = ParquetFile.open(other)) {
            return TripletComparison.firstDifference(before, order, after);
        } catch (MalformedFile malformed) {
            return Optional.of("cannot be read");
        }
    }
}
