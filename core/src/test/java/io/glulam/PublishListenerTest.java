package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.PublishListener.Publication;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.WriteRequest;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listener hears of an output just before it is visible, and can prevent it. It hears of no refused output. */
class PublishListenerTest {
    @TempDir
    Path folder;

    private final List<Publication> heard = new ArrayList<>();
    private Path source;
    private byte[] original;

    @BeforeEach
    void writeSource() throws IOException {
        source = folder.toRealPath().resolve("source.parquet");
        FileRecipe recipe = FileRecipe.of(Seeds.base(), SchemaGenerator.flat(Seeds.base()));
        ParquetJavaFiles.write(recipe.withRows(300, 200, 400), source);
        original = Files.readAllBytes(source);
    }

    private Compactor compactor() {
        return new Compactor(
                CompactionOptions.defaults().withBackupSuffix(".bak").withPublishing(publication -> {
                    assertThat(source).hasBinaryContent(original);
                    heard.add(publication);
                }));
    }

    @Test
    void itHearsWhatWillAppearAndWhatThatReplaces() throws IOException {
        CompactionReport report = compactor().run(Job.inPlace(source));

        Publication publication = heard.get(0);
        assertThat(heard).hasSize(1);
        assertThat(publication.target()).isEqualTo(LocalStore.object(source));
        assertThat(publication.planHash()).isEqualTo(PlanHash.of(report.plan()));
        assertThat(publication.sourceVersion()).isEqualTo(report.plan().source().version());
        assertThat(publication.size()).isEqualTo(Files.size(source));
        assertThat(publication.backup())
                .isEqualTo(LocalStore.object(folder.toRealPath().resolve("source.parquet.bak")));
        try (RangeReader reader = LocalStore.INSTANCE.open(source.toString())) {
            assertThat(publication.expectedVersion()).isEqualTo(reader.version());
        }
    }

    @Test
    void ifItThrowsNothingIsPublished() {
        Compactor compactor = new Compactor(CompactionOptions.defaults().withPublishing(publication -> {
            throw new IllegalStateException("not now");
        }));

        assertThatThrownBy(() -> compactor.run(Job.inPlace(source))).hasMessage("not now");
        assertThat(source).hasBinaryContent(original);
        assertThat(folder).isDirectoryContaining("glob:**source.parquet").isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void aFileOfATableIsRefusedBeforeItHearsAnything() throws IOException {
        Files.createDirectories(folder.resolve("_delta_log"));

        assertThatThrownBy(() -> compactor().run(Job.inPlace(source))).isInstanceOf(Unsupported.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void aStoreThatCannotBeListedIsRefusedInPlace() {
        ObjectRef object = new ObjectRef(new Unlisted(), source.toString());

        assertThatThrownBy(() -> compactor().run(Job.inPlace(object)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("cannot be listed");
        assertThat(heard).isEmpty();
        assertThat(source).hasBinaryContent(original);
    }

    /** The local file system without a way to list it. */
    private static final class Unlisted implements ObjectStore {
        @Override
        public String nameOf(String key) {
            return key;
        }

        @Override
        public StoreCapabilities capabilities() {
            return StoreCapabilities.LOCAL;
        }

        @Override
        public RangeReader open(String key) {
            return LocalStore.INSTANCE.open(key);
        }

        @Override
        public ObjectWriter create(String key, WriteRequest object) {
            return LocalStore.INSTANCE.create(key, object);
        }
    }
}
