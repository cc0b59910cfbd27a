package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void itMakesShowsCompactsVerifiesAndShowsAgain() {
        Run run = Run.of("demo", "--row-groups", 3, "--keep", folder.resolve("kept"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsSubsequence(
                        "3 row groups, 9 columns",
                        "100.0 % fragmented",
                        "before",
                        "after",
                        "Equal: every value",
                        "1 row group, 9 columns",
                        "Not fragmented",
                        "Kept: ");
        assertThat(folder.resolve("kept/fragmented.parquet")).exists();
        assertThat(folder.resolve("kept/compacted.parquet")).exists();
    }

    @Test
    void filesThatAreThereAreNotOverwritten() throws IOException {
        Path mine = Files.writeString(folder.resolve("fragmented.parquet"), "mine");

        Run run = Run.of("demo", "--row-groups", 1, "--keep", folder);

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).hasLineCount(1).contains("exists");
        assertThat(mine).hasContent("mine");
    }
}
