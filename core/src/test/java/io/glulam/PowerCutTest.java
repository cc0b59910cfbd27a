package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.StorageFailed;
import io.glulam.storage.LocalStore;
import io.glulam.storage.StoredObject;
import io.glulam.testkit.disk.DiskState;
import io.glulam.testkit.disk.RecordedFolder;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A power cut after any system call, on a disk that reorders what is not synced: the source is whole, the output is
 * complete or absent, the backup holds the old bytes, and the next run works and cleans up.
 */
class PowerCutTest {
    private static final String SOURCE = "source.parquet";
    private static final String TARGET = "target.parquet";
    private static final String BACKUP = "source.parquet.bak";
    private static final CompactionOptions OPTIONS =
            CompactionOptions.defaults().withThreads(1);

    @TempDir
    Path temporary;

    private Path folder;
    private byte[] original;
    private byte[] compacted;

    @BeforeEach
    void writeSource() throws IOException {
        folder = Files.createDirectory(temporary.resolve("recorded"));
        Path source = folder.resolve(SOURCE);
        // The seed is fixed: what is tried are moments, not data.
        FileRecipe recipe = FileRecipe.of(7, SchemaGenerator.flat(7));
        ParquetJavaFiles.write(recipe.withRows(300, 200, 400), source);
        original = Files.readAllBytes(source);
        Path expected = temporary.resolve("expected.parquet");
        new Compactor(OPTIONS).run(Job.of(source, expected));
        compacted = Files.readAllBytes(expected);
    }

    @Test
    void inPlaceTheFileIsTheOldOneOrTheNewOne() throws IOException {
        RecordedFolder recorded = RecordedFolder.over(folder);
        new Compactor(OPTIONS).run(Job.inPlace(object(recorded, SOURCE)));

        List<DiskState> states = recorded.afterPowerCuts();
        for (DiskState state : states) {
            assertOldOrNew(state);
            next(state, file -> new Compactor(OPTIONS).run(Job.inPlace(file.resolve(SOURCE))));
        }
        assertDurable(states, recorded, state -> Arrays.equals(state.get(SOURCE), compacted));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNewFileIsNeverThereWithoutTheBackupOfTheOldOne(boolean links) throws IOException {
        CompactionOptions backedUp = OPTIONS.withBackupSuffix(".bak");
        RecordedFolder recorded = links ? RecordedFolder.over(folder) : RecordedFolder.withoutLinks(folder);
        new Compactor(backedUp).run(Job.inPlace(object(recorded, SOURCE)));

        List<DiskState> states = recorded.afterPowerCuts();
        for (DiskState state : states) {
            assertOldOrNew(state);
            if (state.get(BACKUP) != null) {
                assertThat(state.get(BACKUP)).as("the backup %s", state).isEqualTo(original);
            }
            if (Arrays.equals(state.get(SOURCE), compacted)) {
                assertThat(state.get(BACKUP)).as("the backup %s", state).isNotNull();
            }
            next(state, file -> new Compactor(backedUp).run(Job.inPlace(file.resolve(SOURCE))));
        }
        assertDurable(states, recorded, state -> Arrays.equals(state.get(SOURCE), compacted));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewOutputIsCompleteOrAbsent(boolean links) throws IOException {
        RecordedFolder recorded = links ? RecordedFolder.over(folder) : RecordedFolder.withoutLinks(folder);
        new Compactor(OPTIONS).run(Job.of(object(recorded, SOURCE), object(recorded, TARGET)));

        List<DiskState> states = recorded.afterPowerCuts();
        for (DiskState state : states) {
            assertThat(state.get(SOURCE)).as("the source %s", state).isEqualTo(original);
            if (state.get(TARGET) != null) {
                assertThat(state.get(TARGET)).as("the output %s", state).isEqualTo(compacted);
            }
            next(state, file -> {
                Compactor compactor = new Compactor(OPTIONS);
                if (state.get(TARGET) == null) {
                    compactor.run(Job.of(file.resolve(SOURCE), file.resolve(TARGET)));
                } else {
                    assertThatThrownBy(() -> compactor.run(Job.of(file.resolve(SOURCE), file.resolve(TARGET))))
                            .isInstanceOf(StorageFailed.class)
                            .hasMessageContaining("exists");
                }
                assertThat(file.resolve(TARGET)).hasBinaryContent(compacted);
            });
        }
        assertDurable(states, recorded, state -> Arrays.equals(state.get(TARGET), compacted));
    }

    @Test
    void anOutputThatIsOverwrittenIsTheOldOneOrTheNewOne() throws IOException {
        byte[] old = {1, 2, 3};
        Files.write(folder.resolve(TARGET), old);
        CompactionOptions overwriting = OPTIONS.withOverwrite(true);
        RecordedFolder recorded = RecordedFolder.over(folder);
        new Compactor(overwriting).run(Job.of(object(recorded, SOURCE), object(recorded, TARGET)));

        List<DiskState> states = recorded.afterPowerCuts();
        for (DiskState state : states) {
            assertThat(state.get(SOURCE)).as("the source %s", state).isEqualTo(original);
            assertThat(state.get(TARGET)).as("the output %s", state).isIn(old, compacted);
            next(state, file -> {
                new Compactor(overwriting).run(Job.of(file.resolve(SOURCE), file.resolve(TARGET)));
                assertThat(file.resolve(TARGET)).hasBinaryContent(compacted);
            });
        }
        assertDurable(states, recorded, state -> Arrays.equals(state.get(TARGET), compacted));
    }

    @Test
    void restoringTheFileIsTheNewOneOrTheOldOne() throws IOException {
        Files.write(folder.resolve(BACKUP), original);
        Files.write(folder.resolve(SOURCE), compacted);
        RecordedFolder recorded = RecordedFolder.over(folder);
        Backups.restore(object(recorded, SOURCE), ".bak");

        List<DiskState> states = recorded.afterPowerCuts();
        for (DiskState state : states) {
            assertOldOrNew(state);
            boolean restored = Arrays.equals(state.get(SOURCE), original);
            assertThat(state.get(BACKUP) == null).as("%s", state).isEqualTo(restored);
        }
        assertDurable(states, recorded, state -> Arrays.equals(state.get(SOURCE), original));
    }

    private void assertOldOrNew(DiskState state) {
        assertThat(state.get(SOURCE)).as("the file %s", state).isIn(original, compacted);
    }

    /** Once a run has returned, nothing of what it made can be lost. */
    private static void assertDurable(List<DiskState> states, RecordedFolder recorded, Predicate<DiskState> done) {
        int all = recorded.operations().size();
        assertThat(states).as("different states").hasSizeGreaterThan(2);
        assertThat(states)
                .filteredOn(state -> state.operations() == all)
                .isNotEmpty()
                .allMatch(done);
    }

    private interface NextRun {
        void in(Path folder) throws IOException;
    }

    /** Another run in the folder as it was left: it works, and nothing of the first one stays. */
    private void next(DiskState state, NextRun run) throws IOException {
        Path left = Files.createDirectory(temporary.resolve("left"));
        state.restoreInto(left);
        run.in(left);
        try (Stream<Path> files = Files.list(left)) {
            List<Path> all = files.toList();
            assertThat(all)
                    .as("%s", state)
                    .noneMatch(path -> path.getFileName().toString().contains(".glulam-"));
            for (Path file : all) {
                Files.delete(file);
            }
        }
        Files.delete(left);
    }

    private static StoredObject object(RecordedFolder folder, String name) {
        return new StoredObject(
                new LocalStore(folder.fileSystem()), folder.path(name).toString());
    }
}
