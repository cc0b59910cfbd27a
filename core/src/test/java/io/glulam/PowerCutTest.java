package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.Aftermath.Mode;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import io.glulam.testkit.disk.DiskState;
import io.glulam.testkit.disk.RecordedFolder;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A power cut after any system call, on a disk that reorders what is not synced: the source is whole, the output is
 * complete or absent, the backup holds the old bytes, and the next run works and cleans up.
 */
@Tag("once")
class PowerCutTest {
    @TempDir
    Path temporary;

    private Path folder;
    private byte[] original;
    private byte[] compacted;

    @BeforeEach
    void makeFiles() throws IOException {
        folder = Files.createDirectory(temporary.resolve("recorded"));
        Path source = temporary.resolve("source.parquet");
        Path output = temporary.resolve("output.parquet");
        // The seed is fixed: what is tried are moments, not data.
        FileRecipe recipe = FileRecipe.of(7, SchemaGenerator.flat(7));
        ParquetJavaFiles.write(recipe.withRows(300, 200, 400), source);
        new Compactor(CompactionOptions.defaults()).run(Job.of(source, output));
        original = Files.readAllBytes(source);
        compacted = Files.readAllBytes(output);
    }

    @ParameterizedTest
    @EnumSource
    void atAnyMomentWhatIsThereIsWhole(Mode mode) throws IOException {
        mode.prepare(folder, original);
        assertWhole(mode, RecordedFolder.over(folder));
    }

    @ParameterizedTest
    @EnumSource
    void alsoWhereTheFileSystemHasNoHardLinks(Mode mode) throws IOException {
        mode.prepare(folder, original);
        assertWhole(mode, RecordedFolder.withoutLinks(folder));
    }

    private void assertWhole(Mode mode, RecordedFolder recorded) throws IOException {
        Aftermath aftermath = new Aftermath(mode, original, compacted);
        mode.run(name -> object(recorded, name));

        int all = recorded.operations().size();
        List<DiskState> states = recorded.afterPowerCuts();
        assertThat(states).hasSizeGreaterThan(50);
        assertThat(states).anyMatch(state -> state.operations() == all);
        for (DiskState state : states) {
            aftermath.assertWhole(state::get, state.toString());
            if (state.operations() == all) {
                assertThat(aftermath.isDone(state::get))
                        .as("nothing of a run that has returned is lost: %s", state)
                        .isTrue();
            }
            Path left = Files.createDirectory(temporary.resolve("left"));
            state.restoreInto(left);
            aftermath.assertNextRun(left, state.toString());
            remove(left);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Test
    void restoringLeavesTheNewFileWithItsBackupOrTheOldOne() throws IOException {
        Files.write(folder.resolve(Aftermath.SOURCE), compacted);
        Files.write(folder.resolve(Aftermath.BACKUP), original);
        RecordedFolder recorded = RecordedFolder.over(folder);
        Backups.restore(object(recorded, Aftermath.SOURCE), ".bak");

        int all = recorded.operations().size();
        for (DiskState state : recorded.afterPowerCuts()) {
            boolean restored = java.util.Arrays.equals(state.get(Aftermath.SOURCE), original);
            assertThat(restored || state.operations() < all)
                    .as("nothing that has returned is lost: %s", state)
                    .isTrue();
            if (restored) {
                assertThat(state.get(Aftermath.BACKUP)).as("%s", state).isNull();
            } else {
                assertThat(state.get(Aftermath.SOURCE)).as("%s", state).isEqualTo(compacted);
                assertThat(state.get(Aftermath.BACKUP)).as("%s", state).isEqualTo(original);
            }
        }
    }

    private static ObjectRef object(RecordedFolder folder, String name) {
        return new ObjectRef(
                new LocalStore(folder.fileSystem()), folder.path(name).toString());
    }
}
