package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.MergeReport.Outcome;
import io.glulam.MergeReport.Replaced;
import io.glulam.error.GlulamException;
import io.glulam.error.Remedy;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.testkit.generate.DuckDbFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Merges that delete what they have merged: no row is lost, and in the end each is there once. */
@Tag("once")
class FolderReplacementTest extends ReplacementCase {
    @Test
    void inputsAreDeletedOnceTheirRowsAreInTheFolder() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        Files.writeString(in.resolve("notes.txt"), "mine");

        MergeReport report = replace();

        assertThat(report.replaced()).isEqualTo(new Replaced(2, 0));
        assertThat(parquetIn(in)).isEmpty();
        assertThat(in.resolve("notes.txt")).exists();
        assertNumbers(2000, "after the run");
        assertThat(replace().outcome()).isEqualTo(Outcome.NO_CANDIDATES);
    }

    @Test
    void withoutItNothingIsDeleted() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);

        MergeReport report = merger(LocalStore.INSTANCE).merge(found(LocalStore.INSTANCE));

        assertThat(report.replaced()).isNull();
        assertThat(parquetIn(in)).hasSize(2);
    }

    @Test
    void inputsThatWereMergedBeforeAreDeletedToo() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        merger(LocalStore.INSTANCE).merge(found(LocalStore.INSTANCE));

        assertThat(replace().replaced()).isEqualTo(new Replaced(2, 0));
        assertThat(parquetIn(in)).isEmpty();
        assertNumbers(2000, "after both runs");
    }

    @Test
    void smallOutputsOfEarlierRunsAreMergedAgain() throws IOException {
        numbers("first.parquet", 0, 0);
        for (int hour = 0; hour < 9; hour++) {
            numbers("hour-" + hour + ".parquet", 1000 * hour, 1000 * (hour + 1));
            replace();
            assertNumbers(1000 * (hour + 1), "hour " + hour, in, out);
            assertThat(parquetIn(out).size()).as("hour %d", hour).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void aNewFileUnderTheNameOfADeletedOneIsNew() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        replace();
        numbers("a.parquet", 2000, 2500);

        assertThat(replace().inputs().files()).isEqualTo(1);
        assertNumbers(2500, "after both runs");
    }

    @Test
    void aFolderIsMergedInPlace() throws IOException {
        out = in;
        numbers("a.parquet", 0, 1000);
        numbers("part-00000.parquet", 1000, 2000);

        MergeReport report = replace();

        assertThat(report.replaced()).isEqualTo(new Replaced(2, 0));
        assertThat(parquetIn(in)).containsExactly("part-00001.parquet");
        assertNumbers(2000, "after the run");
        assertThat(replace().outcome()).isEqualTo(Outcome.NO_CANDIDATES);
        numbers("c.parquet", 2000, 2010);
        replace();
        assertNumbers(2010, "after the second run");
    }

    @Test
    void whereverARunDiesTheNextOneEndsWithEachRowOnce() throws IOException {
        int deaths = 0;
        int deletions = 0;
        for (boolean done : new boolean[] {false, true}) {
            boolean dead = true;
            for (int step = 1; dead; step++) {
                begin(done + "-" + step);
                numbers("a.parquet", 0, 500);
                numbers("b.parquet", 500, 1000);
                replace();
                numbers("b.parquet", 1000, 2000);
                replace();
                numbers("c.parquet", 2000, 3500);
                numbers("d.parquet", 3500, 4000);
                assertThat(parquetIn(out)).hasSize(2);
                StepStore store = StepStore.dyingAt(step, done);
                try {
                    assertThat(replaceThrough(store).replaced()).isEqualTo(new Replaced(2, 2));
                } catch (StepStore.Death death) {
                    deaths++;
                    String last = store.steps().get(store.steps().size() - 1);
                    deletions += last.startsWith("delete") && last.endsWith(".parquet") ? 1 : 0;
                }
                dead = store.isDead();
                clock.passMinutes(2);

                replace();

                String what = "death at step " + step + (done ? ", done: " : ": ") + store.steps();
                assertThat(parquetIn(in)).as(what).isEmpty();
                assertNumbers(4000, what);
                assertThat(replace().outcome()).as(what).isEqualTo(Outcome.NO_CANDIDATES);
            }
        }
        assertThat(deaths).isGreaterThan(20);
        assertThat(deletions).isEqualTo(8);
    }

    @Test
    void noRowIsMissingAtAnyMoment() throws IOException {
        numbers("a.parquet", 0, 1000);
        replace();
        numbers("b.parquet", 1000, 4000);
        StepStore store = StepStore.with(step -> {
            try {
                assertThat(distinct()).as(step).isEqualTo(4000);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        replaceThrough(store);

        assertThat(distinct()).isEqualTo(4000);
        assertThat(store.steps()).contains("delete b.parquet");
    }

    /** How many of the numbers the files of both folders hold. */
    private long distinct() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path place : List.of(in, out)) {
            for (String name : parquetIn(place)) {
                files.add("'" + place.resolve(name) + "'");
            }
        }
        Path counted = folder.resolve("counted.parquet");
        DuckDbFiles.write(
                "SELECT DISTINCT i FROM read_parquet([" + String.join(",", files) + "])",
                2048,
                "COMPRESSION snappy",
                counted);
        try (OpenedFooter footer = OpenedFooter.of(LocalStore.object(counted), CompactionOptions.defaults())) {
            return footer.shape(Settings.defaults()).rows();
        }
    }

    @Test
    void aRunWithoutDeletionsIsRefusedWhereOneWithThemDied() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        StepStore store = StepStore.with(step -> {
            if (step.equals("delete b.parquet")) {
                throw new StepStore.Death();
            }
        });
        assertThatThrownBy(() -> replaceThrough(store)).isInstanceOf(StepStore.Death.class);
        clock.passMinutes(2);

        assertThatThrownBy(() -> merger(LocalStore.INSTANCE).merge(found(LocalStore.INSTANCE)))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining(Remedy.REPLACE_AGAIN.text());
        replace();
        assertThat(parquetIn(in)).isEmpty();
    }

    @Test
    void anInputThatChangesBeforeItIsDeletedStays() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        StepStore store = StepStore.with(step -> {
            if (step.equals("delete a.parquet")) {
                rewritten("a.parquet");
            }
        });

        assertThatThrownBy(() -> replaceThrough(store))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("a.parquet");
        clock.passMinutes(2);
        assertThatThrownBy(this::replace)
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("a.parquet")
                .hasMessageContaining("changed after its rows were merged");
        assertThat(parquetIn(in)).containsExactly("a.parquet", "b.parquet");

        Files.move(in.resolve("a.parquet"), in.resolve("new.parquet"));
        replace();
        assertThat(parquetIn(in)).isEmpty();
        assertNumbers(2003, "the new version is another file");
    }

    private void rewritten(String name) {
        try {
            Files.delete(in.resolve(name));
            numbers(name, 2000, 2003);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatVanishesOrAppearsMeanwhileDisturbsNothing() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        StepStore store = StepStore.with(step -> {
            try {
                if (step.equals("delete a.parquet")) {
                    Files.delete(in.resolve("a.parquet"));
                    numbers("c.parquet", 2000, 2100);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        replaceThrough(store);

        assertThat(parquetIn(in)).containsExactly("c.parquet");
        assertNumbers(2000, "c.parquet was not there");
        replace();
        assertNumbers(2100, "the next run takes it");
    }

    @Test
    void aJournalDeletesOnlyWhatTheArgumentsLeadToAndOutputsHold() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        StepStore store = StepStore.with(step -> {
            if (step.equals("delete a.parquet")) {
                throw new StepStore.Death();
            }
        });
        assertThatThrownBy(() -> replaceThrough(store)).isInstanceOf(StepStore.Death.class);
        clock.passMinutes(2);
        Path manifest = out.resolve("_glulam_manifest.json");
        String sound = Files.readString(manifest);
        Path precious = Files.writeString(folder.toRealPath().resolve("precious.parquet"), "mine");
        Path within = Files.writeString(in.resolve("precious.txt"), "mine");
        String a = in.resolve("a.parquet").toString();
        String files = "\"files\":[\"" + a + "\"";

        for (String forged : List.of(
                sound.replace(files, "\"files\":[\"" + precious + "\""),
                sound.replace(files, "\"files\":[\"" + in + "/../precious.parquet\""),
                sound.replace(files, "\"files\":[\"" + within + "\""),
                sound.replace(a, precious.toString()),
                sound.replace(a, in + "/../precious.parquet"),
                sound.replace(a, within.toString()),
                sound.replace(a, out.resolve("part-00000.parquet").toString()),
                sound.replaceAll("\"digest\":\"sha256:..", "\"digest\":\"sha256:00"),
                sound.replaceFirst("\"size\":\\d+", "\"size\":1"),
                sound.replaceFirst("\"version\":\"\\(ino=\\d+", "\"version\":\"(ino=1"),
                sound.replace("\"part-00000.parquet\"", "\"part-00007.parquet\""),
                sound.replace("\"whole\":true", "\"whole\":false"),
                sound.replaceAll("(a.parquet\",\"size\":)\\d+", "$11"),
                sound.replaceAll("(a.parquet\",\"size\":\\d+,\"version\":\")", "$1other"))) {
            assertThat(forged).isNotEqualTo(sound);
            Files.writeString(manifest, forged);
            assertThatThrownBy(this::replace).as(forged).isInstanceOf(GlulamException.class);
            assertThat(parquetIn(in)).as(forged).containsExactly("a.parquet", "b.parquet");
            assertThat(parquetIn(out)).containsExactly("part-00000.parquet");
            assertThat(precious).hasContent("mine");
            assertThat(within).hasContent("mine");
        }
        Files.writeString(manifest, sound);
        replace();
        assertThat(parquetIn(in)).isEmpty();
        assertNumbers(2000, "the true journal");
    }

    @Test
    void nothingIsDeletedWhereAnOutputIsNotThatWhichWasWritten() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        merger(LocalStore.INSTANCE).merge(found(LocalStore.INSTANCE));
        Path output = out.resolve("part-00000.parquet");
        byte[] bytes = Files.readAllBytes(output);
        bytes[100] ^= 1;
        Files.write(output, bytes);

        assertThatThrownBy(this::replace).isInstanceOf(SourceChanged.class).hasMessageContaining("part-00000.parquet");
        assertThat(parquetIn(in)).hasSize(2);
        Files.delete(output);
        assertThatThrownBy(this::replace).isInstanceOf(SourceChanged.class).hasMessageContaining("part-00000.parquet");
        assertThat(parquetIn(in)).hasSize(2);
    }

    @Test
    void aRunThatWakesUpAfterItsLeaseDeletesNothingMore() throws IOException {
        int refused = 0;
        boolean slept = true;
        for (int sleep = 2; slept; sleep++) {
            begin("sleep-" + sleep);
            numbers("a.parquet", 0, 1000);
            numbers("b.parquet", 1000, 2000);
            int at = sleep;
            int[] count = {0};
            StepStore store = StepStore.with(step -> {
                if (++count[0] == at) {
                    clock.passMinutes(2);
                    replace();
                }
            });
            try {
                replaceThrough(store);
            } catch (SourceChanged | StorageFailed lost) {
                refused++;
            }
            slept = count[0] >= at;
            replace();
            assertThat(parquetIn(in)).isEmpty();
            assertNumbers(2000, "asleep before step " + sleep + " of " + store.steps());
        }
        assertThat(refused).isGreaterThan(3);
    }

    @Test
    void ofTwoRunsAtOnceOneIsRefused() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        StepStore store = StepStore.with(step -> {
            if (!step.equals("publish _glulam_lease_00000001.json")) {
                assertThatThrownBy(this::replace).as(step).hasMessageContaining("another run");
            }
        });

        replaceThrough(store);

        assertThat(parquetIn(in)).isEmpty();
        assertNumbers(2000, "one run");
    }

    @Test
    void filesOfTablesAreRefused() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        merger(LocalStore.INSTANCE).merge(found(LocalStore.INSTANCE));
        Files.createDirectory(in.resolve("_delta_log"));
        assertThatThrownBy(this::replace).isInstanceOf(Unsupported.class).hasMessageContaining("Delta");
        Files.delete(in.resolve("_delta_log"));
        Files.createDirectory(out.resolve("_delta_log"));
        assertThatThrownBy(this::replace).isInstanceOf(Unsupported.class).hasMessageContaining("Delta");
        assertThat(parquetIn(in)).hasSize(2);
    }
}
