package io.glulam.testkit.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.testkit.bytes.HostileFile.Harm;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class HostileFilesTest {
    private static final long SEED = 20_260_102;

    @TempDir
    private Path folder;

    static List<HostileFile> files() {
        return HostileFiles.all(SEED);
    }

    static Stream<HostileFile> unreadable() {
        return files().stream().filter(file -> file.harm() != Harm.CLAIMS);
    }

    @ParameterizedTest
    @MethodSource("files")
    void alarmTheLinter(HostileFile hostile) {
        assertThat(Linter.errors(hostile.write(folder))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void areRefusedByTheReader(HostileFile hostile) {
        Path path = hostile.write(folder);
        assertThatThrownBy(() -> readAll(path)).isInstanceOf(MalformedFile.class);
    }

    private static void readAll(Path path) {
        try (ParquetFile file = ParquetFile.open(path)) {
            for (int group = 0; group < file.rowGroups(); group++) {
                for (LeafColumn leaf : file.leaves()) {
                    file.column(group, leaf.index()).forEachRemaining(page -> {});
                }
            }
        }
    }

    @Test
    void haveUniqueNames() {
        assertThat(files()).extracting(HostileFile::name).doesNotHaveDuplicates();
    }
}
