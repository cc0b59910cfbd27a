package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.StorageFailed;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in a folder after a run that ended at any moment without a chance to clean up.
 *
 * @param mode what the run was to do
 * @param original the source's bytes
 * @param compacted the output's
 */
@SuppressWarnings("ArrayRecordComponent")
record Aftermath(Mode mode, byte[] original, byte[] compacted) {
    static final String SOURCE = "source.parquet";
    static final String OUTPUT = "output.parquet";
    static final String BACKUP = SOURCE + ".bak";

    /** What an output that is overwritten held before. */
    static final byte[] OVERWRITTEN = {1, 2, 3};

    /** The ways to publish. */
    enum Mode {
        IN_PLACE,
        IN_PLACE_WITH_BACKUP,
        NEW_OUTPUT,
        OVERWRITTEN_OUTPUT;

        /** Puts what the run finds into a folder. */
        void prepare(Path folder, byte[] original) throws IOException {
            Files.write(folder.resolve(SOURCE), original);
            if (this == OVERWRITTEN_OUTPUT) {
                Files.write(folder.resolve(OUTPUT), OVERWRITTEN);
            }
        }

        /** Compacts the source; {@code objects} makes objects of the folder's names. */
        void run(Function<String, ObjectRef> objects) {
            CompactionOptions options = CompactionOptions.defaults()
                    .withThreads(1)
                    .withBackupSuffix(this == IN_PLACE_WITH_BACKUP ? ".bak" : null)
                    .withOverwrite(this == OVERWRITTEN_OUTPUT);
            Compactor compactor = new Compactor(options);
            if (isInPlace()) {
                compactor.run(Job.inPlace(objects.apply(SOURCE)));
            } else {
                compactor.run(Job.of(objects.apply(SOURCE), objects.apply(OUTPUT)));
            }
        }

        void run(Path folder) {
            run(name -> LocalStore.object(folder.resolve(name)));
        }

        boolean isInPlace() {
            return this == IN_PLACE || this == IN_PLACE_WITH_BACKUP;
        }
    }

    /** A file's bytes by its name; null if there is none. */
    interface FolderState {
        byte @Nullable [] get(String name) throws IOException;

        static FolderState of(Path folder) {
            return name -> Files.exists(folder.resolve(name)) ? Files.readAllBytes(folder.resolve(name)) : null;
        }
    }

    /** The source is whole, the output complete or what it was, the backup the old file. */
    void assertWhole(FolderState folder, String what) throws IOException {
        if (mode.isInPlace()) {
            assertThat(folder.get(SOURCE)).as("the file %s", what).isIn(original, compacted);
        } else {
            assertThat(folder.get(SOURCE)).as("the source %s", what).isEqualTo(original);
            byte[] before = mode == Mode.OVERWRITTEN_OUTPUT ? OVERWRITTEN : null;
            assertThat(folder.get(OUTPUT)).as("the output %s", what).isIn(before, compacted);
        }
        byte[] backup = folder.get(BACKUP);
        if (mode != Mode.IN_PLACE_WITH_BACKUP) {
            assertThat(backup).isNull();
        } else if (backup != null || isDone(folder)) {
            assertThat(backup).as("the backup %s", what).isEqualTo(original);
        }
    }

    /** Whether the run has published. */
    boolean isDone(FolderState folder) throws IOException {
        byte[] found = folder.get(mode.isInPlace() ? SOURCE : OUTPUT);
        return java.util.Arrays.equals(found, compacted);
    }

    /** The next run works, and nothing of the one before stays. */
    void assertNextRun(Path folder, String what) throws IOException {
        FolderState state = FolderState.of(folder);
        if (mode == Mode.NEW_OUTPUT && state.get(OUTPUT) != null) {
            assertThatThrownBy(() -> mode.run(folder))
                    .as(what)
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining("the file exists");
        } else {
            mode.run(folder);
        }
        assertThat(isDone(state)).as("done by the run after %s", what).isTrue();
        assertWhole(state, "after the run after " + what);
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names =
                    files.map(path -> path.getFileName().toString()).toList();
            assertThat(names).as(what).isSubsetOf(SOURCE, OUTPUT, BACKUP);
        }
    }
}
