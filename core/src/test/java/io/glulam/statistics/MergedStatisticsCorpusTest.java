package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.glulam.error.GlulamException;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.testkit.read.Corpus;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is merged from the statistics of the corpus's row groups, against the values that are there. */
@Tag("corpus")
class MergedStatisticsCorpusTest {
    private static final long MAX_FILE = 8 << 20;

    private final Set<String> untrue = new TreeSet<>();
    private int bounded;
    private int sized;
    private int filtered;
    private Corpus corpus;

    @BeforeEach
    void findCorpus() {
        assumeTrue(Corpus.find().isPresent(), "no corpus here");
        corpus = Corpus.find().orElseThrow();
    }

    @Test
    void mergedStatisticsAreTrueOfTheValues() throws Exception {
        for (Corpus.Entry entry : corpus.entries()) {
            if (entry.expectedValid()
                    && Files.size(entry.path()) < MAX_FILE
                    && !entry.toString().contains("large_string_map")) {
                checkFile(entry);
            }
        }
        assertThat(untrue).isEmpty();
        assertThat(bounded).isGreaterThan(1_000);
        assertThat(sized).isGreaterThan(100);
        assertThat(filtered).isGreaterThan(20);
    }

    private void checkFile(Corpus.Entry entry) {
        try (ParquetFile file = ParquetFile.openIgnoringChecksums(entry.path())) {
            Footer footer = Footer.parse(file.bytes(file.footerOffset(), file.footerLength()), file.footerOffset());
            for (Leaf leaf : footer.schema().leaves()) {
                checkColumn(entry, file, footer, leaf);
            }
        } catch (MalformedFile | GlulamException notForThisTest) {
            // Reading footers and values is tested elsewhere.
        }
    }

    private void checkColumn(Corpus.Entry entry, ParquetFile file, Footer footer, Leaf leaf) {
        WriterTrust trust = WriterTrust.of(footer.createdBy(), footer.schema().columnOrdersDeclared());
        var merger = new StatisticsMerger(leaf);
        var sizes = new SizeStatisticsMerger(leaf);
        var filters = new BloomFilterMerger();
        List<Triplets> values = new ArrayList<>();
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            ColumnChunk chunk = footer.chunk(group, leaf.index());
            merger.add(chunk.statistics(), trust, chunk.valueCount());
            sizes.add(chunk.sizeStatistics(), chunk.valueCount());
            addFilter(filters, file, chunk);
            values.add(file.triplets(group, leaf.index()));
        }
        String where = entry + " (" + footer.createdBy() + ") column " + leaf.name() + " " + leaf.order();
        checkStatistics(where, leaf, merger.merged(), values);
        checkSizes(where, leaf, sizes.merged(), values);
        checkFilter(where, filters.merged().filter(), values);
    }

    private static void addFilter(BloomFilterMerger filters, ParquetFile file, ColumnChunk chunk) {
        long offset = chunk.bloomFilterOffset();
        if (offset == 0) {
            filters.add(null, true);
            return;
        }
        int length = chunk.bloomFilterLength();
        if (length < 0) {
            int there = (int) Math.min(BloomFilterHeader.MAX_LENGTH, file.length() - offset);
            length = BloomFilterHeader.parse(file.bytes(offset, there), 0, there, offset)
                    .totalLength();
        }
        filters.addSerialized(file.bytes(offset, length), offset);
    }

    private void checkStatistics(String where, Leaf leaf, Statistics merged, List<Triplets> values) {
        if (merged == null) {
            return;
        }
        ValueOrder order = ValueOrder.of(leaf);
        long nulls = 0;
        for (Triplets part : values) {
            nulls += part.count() - part.values().count();
            for (int i = 0; i < part.values().count(); i++) {
                byte[] value = part.values().get(i);
                checkBounds(where, order, value, merged.minValue(), merged.maxValue());
                checkBounds(where + " deprecated", order, value, merged.min(), merged.max());
            }
        }
        // Old parquet-cpp leaves absent lists out of null_count.
        if (leaf.maxRepetitionLevel() == 0 && merged.nullCount() >= 0 && merged.nullCount() != nulls) {
            untrue.add(where + " null_count " + merged.nullCount() + " of " + nulls);
        }
        bounded += merged.minValue() == null ? 0 : 1;
    }

    private void checkBounds(String where, ValueOrder order, byte[] value, byte[] min, byte[] max) {
        if (min != null && max != null && !order.isNaN(value)) {
            if (order.compare(min, value) > 0 || order.compare(value, max) > 0) {
                untrue.add(where + " bounds");
            }
        }
    }

    private void checkSizes(String where, Leaf leaf, SizeStatistics merged, List<Triplets> values) {
        if (merged == null) {
            return;
        }
        sized++;
        long bytes = 0;
        long[] repetitions = new long[leaf.maxRepetitionLevel() + 1];
        long[] definitions = new long[leaf.maxDefinitionLevel() + 1];
        for (Triplets part : values) {
            bytes += part.values().totalLength();
            Arrays.stream(part.repetitionLevels()).forEach(level -> repetitions[level]++);
            Arrays.stream(part.definitionLevels()).forEach(level -> definitions[level]++);
        }
        if (merged.unencodedByteArrayBytes() >= 0 && merged.unencodedByteArrayBytes() != bytes) {
            untrue.add(where + " unencoded bytes " + merged.unencodedByteArrayBytes() + " of " + bytes);
        }
        if (merged.repetitionLevels().length > 0 && !Arrays.equals(merged.repetitionLevels(), repetitions)) {
            untrue.add(where + " repetition levels");
        }
        if (merged.definitionLevels().length > 0 && !Arrays.equals(merged.definitionLevels(), definitions)) {
            untrue.add(where + " definition levels");
        }
    }

    private void checkFilter(String where, BloomFilter filter, List<Triplets> values) {
        if (filter == null) {
            return;
        }
        filtered++;
        for (Triplets part : values) {
            for (int i = 0; i < part.values().count(); i++) {
                if (!filter.mightContain(XxHash64.hash(part.values().get(i)))) {
                    untrue.add(where + " bloom filter");
                }
            }
        }
    }
}
