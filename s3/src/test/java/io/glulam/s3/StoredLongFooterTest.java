package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.FileVerifier;
import io.glulam.Job;
import io.glulam.OpenedFooter;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.storage.ObjectRef;
import io.glulam.testkit.generate.RepeatedFile;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object whose footer is too long to be held in memory: 60,000 column chunks in buffers of 4 MiB. */
@Tag("once")
@Tag("large")
class StoredLongFooterTest {
    private static final int COLUMNS = 100;
    private static final int ROW_GROUPS = 600;
    private static final String KEY = "long.parquet";
    private static final CompactionOptions OPTIONS =
            CompactionOptions.defaults().withBufferBytes(4 << 20);

    @TempDir
    private Path folder;

    private Path source() throws IOException {
        Path source = folder.resolve("source.parquet");
        RepeatedFile.ofIntegers(source, COLUMNS, 100, ROW_GROUPS);
        return source;
    }

    @Test
    void isInspectedCompactedAndComparedAsAFileIs() throws IOException {
        Path source = source();
        Path local = folder.resolve("local.parquet");
        new Compactor(OPTIONS).run(Job.of(source, local));
        StoreRules rules = StoreRules.S3;
        try (StrictStore server = StrictStore.start(rules)) {
            server.put(KEY, Extents.of(Files.readAllBytes(source)), Map.of());
            ObjectRef object = new ObjectRef(Stores.over(server, rules), KEY);

            try (OpenedFooter opened = OpenedFooter.of(object, OPTIONS)) {
                assertThat(opened.footer().findsChunks()).isFalse();
                assertThat(opened.shape(Settings.defaults()).rowGroups()).isEqualTo(ROW_GROUPS);
                assertThat(opened.inspect(Settings.defaults()).compactable()).isTrue();
            }
            assertThat(new Compactor(OPTIONS).plan(object).groups())
                    .isEqualTo(new Compactor(OPTIONS).plan(source).groups());
            new Compactor(OPTIONS).run(Job.inPlace(object));
            assertThat(server.get(KEY).toByteArray()).isEqualTo(Files.readAllBytes(local));
            assertThat(FileVerifier.firstDifference(LocalStore.object(source), object, OPTIONS))
                    .isEmpty();
        }
    }
}
