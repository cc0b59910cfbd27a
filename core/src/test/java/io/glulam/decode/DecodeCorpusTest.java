package io.glulam.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.glulam.error.GlulamException;
import io.glulam.format.Leaf;
import io.glulam.testkit.read.Corpus;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every column chunk of the corpus, level by level and bit by bit, against the testkit's independent reader. */
@Tag("corpus")
class DecodeCorpusTest {
    private static final long LARGEST = 64 << 20;

    /** Whose footer denies values that its pages hold; the oracle goes by the pages. */
    private static final String FALSE_COUNT = "parquet_column_num_values_mismatch.parquet";

    private final List<String> differences = new ArrayList<>();
    private int chunks;

    @Test
    void everyChunkIsReadAsTheIndependentReaderReadsIt() {
        assumeTrue(Corpus.find().isPresent(), "no corpus here");
        for (Corpus.Entry entry : Corpus.find().orElseThrow().entries()) {
            try (ParquetFile oracle = ParquetFile.open(entry.path());
                    OpenedFile file = OpenedFile.open(entry.path())) {
                for (int rowGroup = 0; rowGroup < Math.min(8, file.footer().rowGroupCount()); rowGroup++) {
                    for (Leaf leaf : file.leaves()) {
                        check(entry, oracle, file, rowGroup, leaf);
                    }
                }
            } catch (MalformedFile | GlulamException noFooter) {
                // Nothing to compare.
            }
        }
        assertThat(differences).isEmpty();
        assertThat(chunks).isGreaterThan(4_900);
    }

    private void check(Corpus.Entry entry, ParquetFile oracle, OpenedFile file, int rowGroup, Leaf leaf) {
        if (file.footer().chunk(rowGroup, leaf.index()).uncompressedSize() > LARGEST) {
            return;
        }
        String what = entry + ", row group " + rowGroup + ", column " + leaf.name();
        Triplets expected = expected(oracle, rowGroup, leaf);
        try {
            Triplets read = TripletCollector.read(
                    leaf, file.pages(rowGroup, leaf.index()), file.footer().createdBy());
            chunks++;
            if (expected != null && !read.sameAs(expected)) {
                differences.add(what);
            }
        } catch (GlulamException failure) {
            if (expected != null && !entry.toString().endsWith(FALSE_COUNT)) {
                differences.add(what + ": " + failure.getMessage());
            }
        }
    }

    private static @Nullable Triplets expected(ParquetFile oracle, int rowGroup, Leaf leaf) {
        try {
            return oracle.triplets(rowGroup, leaf.index());
        } catch (MalformedFile unreadable) {
            return null;
        }
    }
}
