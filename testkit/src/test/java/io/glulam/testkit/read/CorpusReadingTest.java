package io.glulam.testkit.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpus")
class CorpusReadingTest {
    /** Unpacks to more than a GiB, which is legal and of no use here. */
    private static final String ENORMOUS = "parquet-testing/data/large_string_map.brotli.parquet";

    /** Its page checksum is wrong, which its readers do not check. */
    private static final String WRONG_CHECKSUM =
            "wild/maven__spark-sql_2.13-4.0.0-tests/test-data/delta_length_byte_array.parquet";

    /** Files whose values parquet-java itself gets wrong or reads by other rules. */
    private static final Set<String> NOT_FOR_PARQUET_JAVA = Set.of();

    private Corpus corpus;

    @BeforeEach
    void findCorpus() {
        assumeTrue(Corpus.find().isPresent(), "no corpus here");
        corpus = Corpus.find().orElseThrow();
    }

    @Test
    void readsEveryValidFileAndRefusesOthersWithoutCrashing() {
        List<String> failures = new ArrayList<>();
        for (Corpus.Entry entry : corpus.entries()) {
            try {
                if (!entry.toString().equals(ENORMOUS)) {
                    readAll(entry.path());
                }
            } catch (MalformedFile e) {
                if (entry.expectedValid() && !entry.toString().equals(WRONG_CHECKSUM)) {
                    failures.add(entry + ": " + e.getMessage());
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                failures.add(entry + " threw " + e);
            }
        }
        assertThat(failures).isEmpty();
    }

    private static void readAll(Path path) {
        try (ParquetFile file = ParquetFile.open(path)) {
            for (int group = 0; group < file.rowGroups(); group++) {
                for (LeafColumn leaf : file.leaves()) {
                    long count = 0;
                    ColumnReader column = file.column(group, leaf.index());
                    while (column.hasNext()) {
                        count += column.next().repetitionLevels().length;
                    }
                    long stated = file.chunkMetaData(group, leaf.index()).getNum_values();
                    if (count != stated) {
                        throw new MalformedFile(count + " values in pages, " + stated + " in the footer");
                    }
                }
            }
        }
    }

    @Test
    void seesTheSameTripletsAsParquetJavaInEveryFileThatBothRead() throws Exception {
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Corpus.Entry entry : corpus.entries()) {
            if (entry.expectedValid()
                    && !entry.toString().equals(ENORMOUS)
                    && !NOT_FOR_PARQUET_JAVA.contains(entry.toString())
                    && Files.size(entry.path()) < 4 << 20) {
                compared += compare(entry, differences);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(5_000);
    }

    private static int compare(Corpus.Entry entry, List<String> differences) {
        int compared = 0;
        try (ParquetFile ours = ParquetFile.openIgnoringChecksums(entry.path());
                ParquetJavaTriplets theirs = new ParquetJavaTriplets(entry.path())) {
            for (int group = 0; group < ours.rowGroups() && theirs.nextRowGroup(); group++) {
                for (LeafColumn leaf : ours.leaves()) {
                    Triplets expected = theirs.column(leaf.index());
                    if (!ours.triplets(group, leaf.index()).sameAs(expected)) {
                        differences.add(entry + " row group " + group + " column " + leaf.dottedPath());
                    }
                    compared++;
                }
            }
        } catch (MalformedFile e) {
            differences.add(entry + ": " + e.getMessage());
        } catch (Exception | LinkageError theyCannot) {
            // parquet-java refuses some of these files (codecs, schemas that it does not know): no oracle there.
            return compared;
        }
        return compared;
    }
}
