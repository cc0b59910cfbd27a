package io.glulam.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.StorageFailed;
import io.glulam.testkit.lint.Linter;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.oracle.ParquetJava;
import io.glulam.testkit.read.ChunkPages;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFileTest {
    @TempDir
    Path folder;

    @Test
    void itIsWhatTheSpecificationAsksFor() throws IOException {
        Path file = write("a.parquet", 3);

        assertThat(Linter.errors(file)).isEmpty();
        assertThat(DuckDb.canRead(file)).isTrue();
        assertThat(ParquetJava.readAll(file).rows()).isEqualTo(60_000);
    }

    @Test
    void itHoldsSmallRowGroupsOfNineColumns() throws IOException {
        try (ParquetFile file = ParquetFile.open(write("a.parquet", 3))) {
            assertThat(file.rowGroups()).isEqualTo(3);
            assertThat(file.leaves()).hasSize(9);
        }
        assertThat(Files.size(folder.resolve("a.parquet"))).isBetween(3_000_000L, 4_500_000L);
    }

    @Test
    void someColumnsHaveDictionaries() throws IOException {
        List<Boolean> dictionaries = new ArrayList<>();
        try (ParquetFile file = ParquetFile.open(write("a.parquet", 2))) {
            for (int leaf = 0; leaf < 9; leaf++) {
                ChunkPages pages = file.pages(1, leaf);
                assertThat(pages.dataPages()).hasSize(1);
                dictionaries.add(pages.dictionaryPage().isPresent());
            }
        }
        assertThat(dictionaries).containsExactly(false, false, true, true, true, false, true, false, true);
    }

    @Test
    void itIsTheSameEveryTime() throws IOException {
        assertThat(write("a.parquet", 2)).hasSameBinaryContentAs(write("b.parquet", 2));
    }

    @Test
    void anExistingFileIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("a.parquet"), "mine");

        assertThatThrownBy(() -> write("a.parquet", 1))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("exists");
        assertThat(file).hasContent("mine");
    }

    private Path write(String name, int rowGroups) {
        Path file = folder.resolve(name);
        DemoFile.write(file, rowGroups, (written, of) -> {});
        return file;
    }
}
