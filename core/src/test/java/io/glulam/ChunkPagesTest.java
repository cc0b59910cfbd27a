package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.local.LocalStore;
import io.glulam.picture.ChunkPages;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of column chunks, as they are listed. */
class ChunkPagesTest {
    @TempDir
    Path folder;

    private static OpenedFooter open(Path file) {
        return OpenedFooter.of(LocalStore.object(file), CompactionOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theyAreThoseThatParquetJavaReads(long seed) throws IOException {
        Path file = ParquetJavaFiles.write(FileRecipe.small(seed), folder.resolve("a.parquet"))
                .file();
        try (OpenedFooter opened = open(file);
                ParquetFileReader reader = ParquetFileReader.open(
                        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
            Footer footer = opened.footer();
            for (int i = 0; i < footer.rowGroupCount(); i++) {
                PageReadStore store = reader.readNextRowGroup();
                List<ColumnDescriptor> columns =
                        reader.getFileMetaData().getSchema().getColumns();
                for (int j = 0; j < columns.size(); j++) {
                    assertSame(
                            footer.chunk(i, j),
                            footer.rows(i),
                            opened.pages(i, j, 10_000),
                            store.getPageReader(columns.get(j)));
                }
            }
        }
    }

    private static void assertSame(ColumnChunk chunk, long rows, ChunkPages found, PageReader read) {
        assertThat(found.isComplete()).isTrue();
        assertThat(found.compressedSize()).isEqualTo(chunk.compressedSize());
        List<ChunkPages.Page> data = found.pages().stream()
                .filter(page -> page.type().startsWith("DATA_PAGE"))
                .toList();
        List<Long> values = new ArrayList<>();
        for (DataPage page = read.readPage(); page != null; page = read.readPage()) {
            values.add((long) page.getValueCount());
        }
        assertThat(data).extracting(ChunkPages.Page::valueCount).containsExactlyElementsOf(values);
        if (data.stream().allMatch(page -> page.rowCount() >= 0)) {
            assertThat(data.stream().mapToLong(ChunkPages.Page::rowCount).sum()).isEqualTo(rows);
        }
        boolean knowsNulls = data.stream().allMatch(page -> page.nullCount() >= 0);
        if (knowsNulls && chunk.statistics() != null && chunk.statistics().nullCount() >= 0) {
            assertThat(data.stream().mapToLong(ChunkPages.Page::nullCount).sum())
                    .isEqualTo(chunk.statistics().nullCount());
        }
    }

    @Test
    void noMoreAreReadThanAreAskedFor() throws IOException {
        Path file = DuckDbFiles.write(
                "SELECT i % 7 AS few FROM range(10000) t(i)",
                10_240, "COMPRESSION snappy", folder.resolve("a.parquet"));
        try (OpenedFooter opened = open(file)) {
            ChunkPages all = opened.pages(0, 0, 1000);
            assertThat(all.pages()).extracting(ChunkPages.Page::type).startsWith("DICTIONARY_PAGE", "DATA_PAGE");

            ChunkPages first = opened.pages(0, 0, 1);

            assertThat(first.isComplete()).isFalse();
            assertThat(first.pages()).isEqualTo(all.pages().subList(0, 1));
        }
    }
}
