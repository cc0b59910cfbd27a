package io.glulam.testkit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.glulam.testkit.read.Corpus;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpus")
class CorpusLintTest {
    private static final String ENORMOUS = "large_string_map.brotli.parquet";

    /** Files that readers accept although a claim in them is false: each was looked at. */
    private static final Set<String> FALSE_CLAIMS = Set.of(
            // Encodings missing from the footer.
            "byte_array_decimal.parquet",
            "nation.dict-malformed.parquet",
            "manyrowgroups.parquet",
            // A column index of one null page over pages full of values.
            "datapage_v1-snappy-compressed-checksum.parquet",
            "datapage_v1-uncompressed-checksum.parquet",
            // Arrow C++ before 2.0 does not count empty lists as nulls.
            "list_columns.parquet",
            // num_rows of 0 over six rows.
            "repeated_no_annotation.parquet",
            // Arrow C++ calls V2 pages DATA_PAGE in encoding_stats, and some releases count rows and nulls wrongly.
            "page_v2_empty_compressed.parquet",
            "complex-primitives.v2.parquet",
            "dates.v2.parquet",
            "list_simple.v2.parquet",
            "simplenested.v2.parquet",
            "multi_page_bit_packed_near_page_border.v2.parquet",
            "data_page=2_BROTLI.parquet",
            "diff_fixed_size_list_zstd.parquet",
            "misaligned_pages_no_index.parquet",
            "byte_stream_split_v2.parquet",
            // A Bloom filter cut short on purpose.
            "bloom_filter_short_numbytes.parquet",
            // distinct_count of 2 over one value.
            "snowflake_variant.parquet",
            // Arrow C++ takes bounds of FLOAT16 lists from slots that are null.
            "list_float16_test.parquet",
            // Its page checksum is wrong.
            "delta_length_byte_array.parquet",
            // parquet-go: sizes without headers, pages inside rows, bounds cut short without rounding up.
            "issue206.parquet",
            "issue368.parquet");

    @Test
    void findsFalseClaimsOnlyInFilesKnownForThem() {
        assumeTrue(Corpus.find().isPresent(), "no corpus here");
        Set<String> wrong = new TreeSet<>();
        for (Corpus.Entry entry : Corpus.find().orElseThrow().entries()) {
            String name = entry.path().getFileName().toString();
            if (entry.expectedValid() && !name.equals(ENORMOUS)) {
                List<Finding> errors = Linter.errors(entry.path());
                if (!errors.isEmpty() && !FALSE_CLAIMS.contains(name)) {
                    wrong.add(name + ": " + errors.get(0));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }
}
