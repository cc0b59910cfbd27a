package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.TableFormats.Format;
import io.glulam.TableFormats.Membership;
import io.glulam.error.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFormatsTest {
    @TempDir
    Path folder;

    @Test
    void aFileOnItsOwnBelongsToNoTable() throws IOException {
        Path file = touch("data/part-0.parquet");

        assertThat(TableFormats.find(file)).isEmpty();
        TableFormats.requireNoTable(file);
    }

    @Test
    void aDeltaTableIsKnownByItsLogAboveThePartitions() throws IOException {
        touch("t/_delta_log/00000000000000000000.json");

        assertThat(format("t/part-0.parquet")).isEqualTo(Format.DELTA);
        assertThat(format("t/year=2024/month=1/part-0.parquet")).isEqualTo(Format.DELTA);
    }

    @Test
    void anEmptyLogIsEnough() throws IOException {
        Files.createDirectories(folder.resolve("t/_delta_log"));
        Files.createDirectories(folder.resolve("u/.hoodie"));

        assertThat(format("t/part-0.parquet")).isEqualTo(Format.DELTA);
        assertThat(format("u/part-0.parquet")).isEqualTo(Format.HUDI);
    }

    @Test
    void aLogBehindASymbolicLinkCounts() throws IOException {
        touch("elsewhere/0.json");
        Files.createDirectories(folder.resolve("t"));
        Files.createSymbolicLink(folder.resolve("t/_delta_log"), folder.resolve("elsewhere"));

        assertThat(format("t/part-0.parquet")).isEqualTo(Format.DELTA);
    }

    @Test
    void aLocalFolderIsReadToItsEnd() throws IOException {
        for (int i = 0; i < 1100; i++) {
            touch("lake/" + i + ".parquet");
        }
        touch("lake/z.ducklake");

        assertThat(format("lake/0.parquet")).isEqualTo(Format.DUCKLAKE);
    }

    @Test
    void aFileOfATableIsNotReplaced() throws IOException {
        touch("t/_delta_log/00000000000000000000.json");
        Path file = touch("t/part-0.parquet");

        assertThatThrownBy(() -> new Compactor(CompactionOptions.defaults()).run(Job.inPlace(file)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Delta");
    }

    @Test
    void aFileOfATableIsNotOverwrittenEither() throws IOException {
        touch("t/_delta_log/00000000000000000000.json");
        Path file = touch("t/part-0.parquet");
        Path other = touch("other.parquet");

        assertThatThrownBy(
                        () -> new Compactor(CompactionOptions.defaults().withOverwrite(true)).run(Job.of(other, file)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("a Delta table");
    }

    @Test
    void aHudiTableIsKnownByItsTimeline() throws IOException {
        touch("t/.hoodie/hoodie.properties");

        assertThat(format("t/2024/01/01/a_0-1-2_3.parquet")).isEqualTo(Format.HUDI);
    }

    @Test
    void anIcebergTableIsKnownByItsMetadataBesideTheData() throws IOException {
        touch("warehouse/db/t/metadata/00001-9f.metadata.json");

        assertThat(format("warehouse/db/t/data/day=1/00000-0.parquet")).isEqualTo(Format.ICEBERG);
    }

    @Test
    void anIcebergTableIsKnownByCompressedMetadata() throws IOException {
        touch("t/metadata/v3.gz.metadata.json");
        touch("u/metadata/v3.metadata.json.gz");

        assertThat(format("t/data/a.parquet")).isEqualTo(Format.ICEBERG);
        assertThat(format("u/data/a.parquet")).isEqualTo(Format.ICEBERG);
    }

    @Test
    void aFolderNamedMetadataAloneIsNoIcebergTable() throws IOException {
        touch("t/metadata/readme.txt");

        assertThat(TableFormats.find(touch("t/data/a.parquet"))).isEmpty();
    }

    @Test
    void aDuckLakeFileIsKnownByItsName() throws IOException {
        assertThat(format("d/main/t/ducklake-0197e4d5-1d7a-7a3b-8f65-0a4d3c2b1a00.parquet"))
                .isEqualTo(Format.DUCKLAKE);
        assertThat(TableFormats.find(touch("d/main/t/ducklake-notes.parquet"))).isEmpty();
    }

    @Test
    void aDuckLakeFileIsKnownByTheDefaultDataFolder() throws IOException {
        assertThat(format("my.ducklake.files/main/t/year=2025/a.parquet")).isEqualTo(Format.DUCKLAKE);
    }

    @Test
    void aDuckLakeFileIsKnownByACatalogCloseAbove() throws IOException {
        touch("lake/my.ducklake");

        assertThat(format("lake/main/t/a.parquet")).isEqualTo(Format.DUCKLAKE);
        assertThat(TableFormats.find(touch("lake/some/where/far/below/a.parquet")))
                .isEmpty();
    }

    @Test
    void aLinkIntoATableIsLookedAtFromBothEnds() throws IOException {
        touch("t/_delta_log/0.json");
        Path inside = touch("t/a.parquet");
        Path link = Files.createSymbolicLink(folder.resolve("link.parquet"), inside);

        assertThat(TableFormats.find(link)).map(Membership::format).contains(Format.DELTA);
    }

    @Test
    void aMissingFileIsJudgedByItsFolder() throws IOException {
        touch("t/_delta_log/0.json");

        assertThat(TableFormats.find(folder.resolve("t/gone.parquet"))).isPresent();
    }

    @Test
    void theRefusalNamesTheTableAndTheWayOut() throws IOException {
        touch("t/_delta_log/0.json");
        Path file = touch("t/a.parquet");

        assertThatThrownBy(() -> TableFormats.requireNoTable(file))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Delta table")
                .hasMessageContaining("_delta_log")
                .hasMessageContaining("another object");
    }

    private Format format(String name) throws IOException {
        return TableFormats.find(touch(name)).orElseThrow().format();
    }

    private Path touch(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "");
    }
}
