package io.glulam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.NastyFiles;
import io.glulam.testkit.bytes.ThriftStruct;
import io.glulam.testkit.bytes.ThriftStruct.Field;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.mutate.ContradictoryFile;
import io.glulam.testkit.mutate.ThriftForms;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.ColumnChunk;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Structs in forms that no library writes: fields twice, backwards and of other types, unions of several members or none, lists
 * of other lengths. Glulam refuses them, or reads and carries on what the reference implementation reads.
 */
@Tag("once")
class ThriftFormsTest {
    private static final int FILES = 12;
    private static final int FORMS = Seeds.cases(10_000);

    private static final List<byte[]> FOOTERS = new ArrayList<>();
    private static final List<byte[]> HEADERS = new ArrayList<>();
    private static final List<byte[]> STATISTICS = new ArrayList<>();
    private static final List<byte[]> COLUMN_INDEXES = new ArrayList<>();
    private static final List<byte[]> OFFSET_INDEXES = new ArrayList<>();
    private static final List<byte[]> BLOOM_FILTERS = new ArrayList<>();

    @BeforeAll
    static void cutFilesIntoPieces(@TempDir Path folder) throws IOException {
        for (int seed = 1; seed <= FILES; seed++) {
            cut(folder, NastyFiles.small(seed).script());
            FileScript rising = ContradictoryFile.of(seed).honest();
            rising.eachChunk(chunk -> chunk.withColumnIndex()
                    .withOffsetIndex()
                    .withSizeStatistics()
                    .withEncodingStats()
                    .bloomFilter(32)
                    .eachPage(page -> page.withStatistics()));
            cut(folder, rising);
        }
    }

    private static void cut(Path folder, FileScript script) throws IOException {
        Path path = Files.write(folder.resolve("file"), script.bytes());
        try (ParquetFile file = ParquetFile.openIgnoringChecksums(path)) {
            FOOTERS.add(file.bytes(file.footerOffset(), file.footerLength()));
            for (int leaf = 0; file.rowGroups() > 0 && leaf < file.leaves().size(); leaf++) {
                cut(file, leaf);
            }
        }
    }

    private static void cut(ParquetFile file, int leaf) {
        for (PageInfo page : file.pages(0, leaf).pages().stream().limit(2).toList()) {
            byte[] header = file.bytes(page.offset(), page.headerSize());
            HEADERS.add(header);
            statistics(ThriftStruct.parse(header));
        }
        ColumnChunk chunk = file.chunk(0, leaf);
        if (chunk.isSetColumn_index_offset()) {
            COLUMN_INDEXES.add(file.bytes(chunk.getColumn_index_offset(), chunk.getColumn_index_length()));
        }
        if (chunk.isSetOffset_index_offset()) {
            OFFSET_INDEXES.add(file.bytes(chunk.getOffset_index_offset(), chunk.getOffset_index_length()));
        }
        file.bloomFilter(0, leaf)
                .ifPresent(filter ->
                        BLOOM_FILTERS.add(file.bytes(filter.offset(), (int) (filter.end() - filter.offset()))));
    }

    private static void statistics(ThriftStruct header) {
        for (Field field : header.fields()) {
            if (field.value() instanceof ThriftStruct data) {
                data.fields().stream()
                        .filter(inner -> inner.value() instanceof ThriftStruct)
                        .forEach(inner -> STATISTICS.add(((ThriftStruct) inner.value()).bytes()));
            }
        }
    }

    @Test
    void footersAreReadAndCarriedOnAsTheReferenceReadsThem() {
        check("footer", FOOTERS, FORMS / 4, FooterTarget::check);
    }

    @Test
    void pageHeadersAreReadAsTheReferenceReadsThem() {
        check("page header", HEADERS, FORMS, PageHeaderTarget::check);
    }

    @Test
    void statisticsAreReadAsTheReferenceReadsThem() {
        check("statistics", STATISTICS, FORMS, StatisticsTarget::read);
    }

    @Test
    void columnIndexesAreReadAsTheReferenceReadsThem() {
        check("column index", COLUMN_INDEXES, FORMS, IndexesTarget::columnIndex);
    }

    @Test
    void offsetIndexesAreReadAndMovedAsTheReferenceReadsThem() {
        check("offset index", OFFSET_INDEXES, FORMS, index -> IndexesTarget.offsetIndex(index, 7));
    }

    @Test
    void headersOfBloomFiltersAreReadAsTheReferenceReadsThem() {
        check("bloom filter", BLOOM_FILTERS, FORMS, BloomFilterTarget::header);
    }

    /** The check is worth something only if both read a good part of what is tried. */
    private static void check(String kind, List<byte[]> structs, int forms, Forms.Check check) {
        int compared = 0;
        for (int i = 0; i < forms; i++) {
            Random random = new Random(Seeds.derive(Seeds.base() + i, kind));
            byte[] form = ThriftForms.change(structs.get(random.nextInt(structs.size())), random);
            try {
                compared += check.of(form) ? 1 : 0;
            } catch (Mismatch mismatch) {
                throw new AssertionError(kind + " " + i + ": " + HexFormat.of().formatHex(form), mismatch);
            }
        }
        assertThat(compared).as("%ss that both read", kind).isGreaterThan(forms / 8);
    }
}
