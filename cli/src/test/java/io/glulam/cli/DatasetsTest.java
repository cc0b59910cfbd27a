package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.service.Service;
import io.glulam.service.settings.SettingsReader;
import io.glulam.service.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The datasets of a server, from the command line: over its API, and in its folder while it does not run. */
class DatasetsTest {
    @TempDir
    Path folder;

    private Run datasets(String... arguments) {
        Object[] all = new Object[arguments.length + 3];
        all[0] = "datasets";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--data";
        all[arguments.length + 2] = folder.toString();
        return Run.of(all);
    }

    @Test
    void datasetsAreAddedFlaggedAndListedWhereNoServerRuns() throws Exception {
        Run added = datasets("add", "a", "path/a.parquet");
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).contains("path/a.parquet").contains("never");
        assertThat(datasets("list", "--flagged").out().lines()).hasSize(1);

        assertThat(datasets("flag", "a").out()).contains("flagged");
        assertThat(datasets("list", "--flagged").out()).contains("path/a.parquet");
        assertThat(datasets("--flagged")).isEqualTo(datasets("list", "--flagged"));
        assertThat(datasets("list", "--json").document()).containsKey("datasets");

        assertThat(datasets("add", "a", "b.parquet").err()).contains("exists");
        assertThat(datasets("add", "b", "../b.parquet").err()).contains("bucketKey");
        assertThat(datasets("flag", "none").err()).contains("no such dataset");
        assertThat(datasets("add", "a").code()).isEqualTo(2);
        assertThat(datasets("dance").code()).isEqualTo(2);
        assertThat(datasets("list", "--server", "http://localhost:1").code()).isEqualTo(2);
    }

    @Test
    void aScanFlagsFragmentedObjects() throws Exception {
        Path bucket = Files.createDirectories(folder.resolve("bucket/lake"));
        Demo.file(bucket, "new.parquet", 3);
        Files.writeString(bucket.resolve("broken.parquet"), "no Parquet");

        Run told = datasets("scan", "lake/", "--dry-run");
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.out())
                .contains("lake/new.parquet")
                .contains("fragmented")
                .contains("unreadable")
                .contains("none");
        assertThat(datasets("list").out().lines()).hasSize(1);

        assertThat(datasets("scan", "--add").out()).contains("lake/new.parquet, flagged");
        assertThat(datasets("list", "--flagged").out()).contains("lake/new.parquet");
    }

    @Test
    void aRunningServerIsAskedInsteadOfItsFolder() throws Exception {
        try (Service service = Service.start(SettingsReader.read(
                SettingsSource.of(Map.of("data", folder.toString(), "port", "0"), Map.of(), Set.of())))) {
            assertThat(datasets("list").err()).contains("another server uses the folder");
            String server = "http://localhost:" + service.address().getPort();
            assertThat(Run.of("datasets", "add", "a b", "a.parquet", "--flagged", "--server", server)
                            .out())
                    .contains("flagged");
            assertThat(Run.of("datasets", "flag", "a b", "--server", server).code())
                    .isZero();
        }
    }
}
