package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.MergeOptions;
import io.glulam.Merger;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.plan.Order;
import io.glulam.storage.ObjectRef;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in a store after a run that ended at any moment without a chance to clean up.
 *
 * @param mode what the run was to do
 * @param source the object's bytes before
 * @param compacted its bytes afterwards, or the output's
 */
@SuppressWarnings("ArrayRecordComponent")
record StoreAftermath(Mode mode, byte[] source, byte[] compacted) {
    static final String KEY = "data/object.parquet";
    static final String OUTPUT = "data/output.parquet";
    static final String BACKUP = KEY + ".bak";
    static final long PART = 64 << 10;
    private static final int TAIL = 64 << 10;

    private static final CompactionOptions OPTIONS = CompactionOptions.defaults()
            .withSettings(Fragmented.settings(Order.PRESERVE))
            .withThreads(2);

    /** What a run does with the object. */
    enum Mode {
        IN_PLACE,
        IN_PLACE_WITH_BACKUP,
        NEW_OUTPUT,
        MERGED;

        boolean isNewOutput() {
            return this == NEW_OUTPUT || this == MERGED;
        }

        void run(URI endpoint, StoreRules rules) {
            S3Store store = Stores.over(endpoint, rules, TAIL);
            Compactor compactor =
                    new Compactor(this == IN_PLACE_WITH_BACKUP ? OPTIONS.withBackupSuffix(".bak") : OPTIONS);
            ObjectRef object = new ObjectRef(store, KEY);
            ObjectRef output = new ObjectRef(store, OUTPUT);
            switch (this) {
                case NEW_OUTPUT -> compactor.run(Job.of(object, output));
                case MERGED -> merge(object, output);
                default -> compactor.run(Job.inPlace(object));
            }
        }
    }

    private static void merge(ObjectRef input, ObjectRef output) {
        new Merger(MergeOptions.defaults().withCompaction(OPTIONS))
                .merge(FoundInputs.of(List.of(Candidate.named(input))), output);
    }

    static byte[] source(Path folder) {
        return Fragmented.file(folder, 1, 30_000, 1500, 1500, 30_000, 1500);
    }

    static byte[] compacted(Mode mode, Path folder, byte[] source) throws IOException {
        Path local = Files.write(folder.resolve("local.parquet"), source);
        Path output = folder.resolve("output.parquet");
        Files.deleteIfExists(output);
        if (mode == Mode.MERGED) {
            merge(LocalStore.object(local), LocalStore.object(output));
        } else {
            new Compactor(OPTIONS).run(Job.of(local, output));
        }
        return Files.readAllBytes(output);
    }

    private static byte @Nullable [] bytes(StrictStore server, String key) {
        Extents found = server.get(key);
        return found == null ? null : found.toByteArray();
    }

    /** Whether the run has published. */
    boolean isDone(StrictStore server) {
        return Arrays.equals(bytes(server, mode.isNewOutput() ? OUTPUT : KEY), compacted);
    }

    /** The object is the old one or the new one, an output complete or absent, the backup the old one. */
    void assertWhole(StrictStore server, String what) {
        if (mode.isNewOutput()) {
            assertThat(bytes(server, KEY)).as(what).isEqualTo(source);
            assertThat(bytes(server, OUTPUT)).as(what).isIn(null, compacted);
            assertThat(server.keys()).as(what).isSubsetOf(KEY, OUTPUT);
            return;
        }
        assertThat(bytes(server, KEY)).as(what).isIn(source, compacted);
        byte[] backup = bytes(server, BACKUP);
        if (mode == Mode.IN_PLACE) {
            assertThat(server.keys()).as(what).containsExactly(KEY);
        } else if (backup != null || isDone(server)) {
            assertThat(backup).as(what).isEqualTo(source);
            assertThat(server.keys()).as(what).containsExactly(KEY, BACKUP);
        }
    }

    /** The next run works, and {@code store clean} removes what the one before has left. */
    void assertNextRunAndCleaning(StrictStore server, StoreRules rules, String what) {
        if (mode.isNewOutput() && bytes(server, OUTPUT) != null) {
            assertThatThrownBy(() -> mode.run(server.endpoint(), rules))
                    .as(what)
                    .hasMessageContaining("exists");
        } else {
            mode.run(server.endpoint(), rules);
        }
        assertThat(isDone(server)).as("done by the run after %s", what).isTrue();
        assertWhole(server, "after the run after " + what);
        UnfinishedUploads uploads = new UnfinishedUploads(Stores.overPatiently(server, rules));
        uploads.before("data/", Instant.now().plus(Duration.ofMinutes(1))).forEach(uploads::remove);
        assertThat(server.uploads()).as(what).isEmpty();
    }
}
