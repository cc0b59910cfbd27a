package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.MergeReport.Outcome;
import io.glulam.MergeReport.Replaced;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Merges that copy their inputs to a folder before they delete them, and what brings these back. */
@Tag("once")
class KeptReplacedInputsTest extends ReplacementCase {
    private FolderMerger keeping(ObjectStore store, Path kept) {
        return merger(store).replacing(new ObjectRef(store, kept + "/"));
    }

    private static List<Path> filesBelow(Path place) throws IOException {
        if (!Files.exists(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void keptInputsAreBroughtBackAndKnown() throws IOException {
        byte[] a = Files.readAllBytes(numbers("a.parquet", 0, 1000));
        byte[] b = Files.readAllBytes(numbers("b.parquet", 1000, 2000));
        Path kept = folder.toRealPath().resolve("kept");
        keeping(LocalStore.INSTANCE, kept).merge(found(LocalStore.INSTANCE));
        assertThat(parquetIn(in)).isEmpty();
        assertThat(filesBelow(kept)).hasSize(2);
        numbers("c.parquet", 2000, 2100);
        assertThat(merger(LocalStore.INSTANCE)
                        .merge(found(LocalStore.INSTANCE))
                        .inputs()
                        .files())
                .isEqualTo(1);
        ReplacedInputs replaced = new ReplacedInputs(
                new ObjectRef(LocalStore.INSTANCE, out + "/"),
                new ObjectRef(LocalStore.INSTANCE, kept + "/"),
                CompactionOptions.defaults());

        assertThatThrownBy(() -> replaced.restore(LocalStore.object(folder.resolve("other"))))
                .hasMessageContaining("kept no file there");
        List<ObjectRef> restored = replaced.restore(LocalStore.object(in));

        assertThat(restored).hasSize(2);
        assertThat(in.resolve("a.parquet")).hasBinaryContent(a);
        assertThat(in.resolve("b.parquet")).hasBinaryContent(b);
        assertThat(filesBelow(kept)).isEmpty();
        assertThat(merger(LocalStore.INSTANCE).merge(found(LocalStore.INSTANCE)).outcome())
                .isEqualTo(Outcome.NO_CANDIDATES);
        assertThat(keeping(LocalStore.INSTANCE, kept)
                        .merge(found(LocalStore.INSTANCE))
                        .replaced())
                .isEqualTo(new Replaced(3, 0));
        assertThat(filesBelow(kept)).hasSize(3);
        assertNumbers(2100, "in the end");
    }

    @Test
    void aNewFileUnderTheNameOfAKeptOneIsNewAndIsNotOverwritten() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        Path kept = folder.toRealPath().resolve("kept");
        keeping(LocalStore.INSTANCE, kept).merge(found(LocalStore.INSTANCE));
        byte[] fresh = Files.readAllBytes(numbers("a.parquet", 2000, 2500));

        assertThatThrownBy(() -> new ReplacedInputs(
                                new ObjectRef(LocalStore.INSTANCE, out + "/"),
                                new ObjectRef(LocalStore.INSTANCE, kept + "/"),
                                CompactionOptions.defaults())
                        .restore(LocalStore.object(in)))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("another file has this name");
        assertThat(in.resolve("a.parquet")).hasBinaryContent(fresh);
        keeping(LocalStore.INSTANCE, kept).merge(found(LocalStore.INSTANCE));

        assertThat(parquetIn(in)).isEmpty();
        assertThat(filesBelow(kept)).hasSize(3);
        assertNumbers(2500, "after both runs");
    }

    @Test
    void anotherFileOfTheSameSizeIsNotTakenForTheOneToBeBroughtBack() throws IOException {
        byte[] other = Files.readAllBytes(numbers("a.parquet", 0, 1000));
        numbers("b.parquet", 1000, 2000);
        Path kept = folder.toRealPath().resolve("kept");
        keeping(LocalStore.INSTANCE, kept).merge(found(LocalStore.INSTANCE));
        other[100] ^= 1;
        Files.write(in.resolve("a.parquet"), other);

        assertThatThrownBy(() -> new ReplacedInputs(
                                new ObjectRef(LocalStore.INSTANCE, out + "/"),
                                new ObjectRef(LocalStore.INSTANCE, kept + "/"),
                                CompactionOptions.defaults())
                        .restore(LocalStore.object(in.resolve("a.parquet"))))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("another file has this name");
        assertThat(in.resolve("a.parquet")).hasBinaryContent(other);
        assertThat(filesBelow(kept)).hasSize(2);
    }

    @Test
    void whereverARunThatKeepsInputsDiesEachIsKeptOnce() throws IOException {
        int deaths = 0;
        for (boolean done : new boolean[] {false, true}) {
            boolean dead = true;
            for (int step = 1; dead; step++) {
                begin("kept-" + done + "-" + step);
                byte[] a = Files.readAllBytes(numbers("a.parquet", 0, 1000));
                byte[] b = Files.readAllBytes(numbers("b.parquet", 1000, 2000));
                Path kept = out.resolveSibling("kept");
                StepStore store = StepStore.dyingAt(step, done);
                try {
                    keeping(store, kept).merge(found(store));
                } catch (StepStore.Death death) {
                    deaths++;
                }
                dead = store.isDead();
                clock.passMinutes(2);

                keeping(LocalStore.INSTANCE, kept).merge(found(LocalStore.INSTANCE));

                String what = "death at step " + step + (done ? ", done: " : ": ") + store.steps();
                assertThat(parquetIn(in)).as(what).isEmpty();
                List<Path> files = filesBelow(kept);
                assertThat(files).as(what).hasSize(2);
                assertThat(files.get(0)).as(what).hasBinaryContent(a);
                assertThat(files.get(1)).as(what).hasBinaryContent(b);
                assertNumbers(2000, what);
            }
        }
        assertThat(deaths).isGreaterThan(15);
    }

    @Test
    void aFolderOfKeptFilesLiesOutsideOfInputsAndOutputs() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);

        for (Path kept : List.of(in, in.resolve("kept"), out, out.resolve("kept"))) {
            assertThatThrownBy(() -> keeping(LocalStore.INSTANCE, kept).merge(found(LocalStore.INSTANCE)))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("outside");
        }
        assertThat(parquetIn(in)).hasSize(2);
    }

    @Test
    void aRunThatKeepsNothingDoesNotGoOnWithOneThatKeepsInputs() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        Path kept = folder.toRealPath().resolve("kept");
        StepStore store = StepStore.with(step -> {
            if (step.equals("delete a.parquet")) {
                throw new StepStore.Death();
            }
        });
        assertThatThrownBy(() -> keeping(store, kept).merge(found(store))).isInstanceOf(StepStore.Death.class);
        clock.passMinutes(2);

        assertThatThrownBy(this::replace)
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("keeps the inputs in " + kept);
        assertThat(parquetIn(in)).hasSize(2);
    }
}
