package io.glulam;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.testkit.read.Corpus;
import java.util.Map;
import java.util.Set;

/** Which files of the corpus are refused, and how: by their label there, but for the exceptions listed here. */
final class CorpusExpectations {
    /** What of a file is compacted. */
    enum Form {
        AS_IT_IS,
        REPEATED,
        REFRAGMENTED
    }

    /** When a file is refused: in any case, when its pages are read, or when their values are. */
    private enum When {
        ALWAYS,
        MERGED,
        DECODED
    }

    /** @param why in the words of the specification where it has some */
    private record Refusal(Class<? extends GlulamException> kind, When when, String why) {
        boolean isRightFor(Form form, Settings settings) {
            boolean merged = form == Form.REPEATED || form == Form.AS_IT_IS && settings.rewrite() == Rewrite.ALL;
            return switch (when) {
                case ALWAYS -> form != Form.REFRAGMENTED;
                case MERGED -> merged;
                case DECODED -> merged && settings.effort() != Effort.COPY;
            };
        }
    }

    private static final String FUZZ = "fuzz/data/parquet/fuzzing/clusterfuzz-testcase-";

    private static final Map<String, Refusal> REFUSED = Map.ofEntries(
            Map.entry(
                    "wild/hyparam__hyparquet/test/files/strings.parquet",
                    new Refusal(
                            CorruptFile.class,
                            When.ALWAYS,
                            "its leaves have no repetition_type, which every element but the root must have")),
            Map.entry(
                    "wild/dask__fastparquet/test-data/split/_metadata",
                    new Refusal(
                            Unsupported.class, When.ALWAYS, "file_path is set: its column chunks lie in other files")),
            Map.entry(
                    "parquet-testing/data/large_string_map.brotli.parquet",
                    new Refusal(
                            Unsupported.class,
                            When.MERGED,
                            "its pages unpack to a GiB, which does not fit these buffers")),
            Map.entry(
                    "parquet-testing/data/rle-dict-uncompressed-corrupt-checksum.parquet",
                    new Refusal(CorruptFile.class, When.MERGED, "the checksum of a dictionary page is wrong")),
            Map.entry(
                    "wild/parquet-go__parquet-go/testdata/malformed/num_values_exceeds_data.parquet",
                    new Refusal(CorruptFile.class, When.MERGED, "a page header has more values than its column chunk")),
            Map.entry(
                    FUZZ + "minimized-parquet-arrow-fuzz-6122962147737600.fuzz",
                    new Refusal(
                            Unsupported.class, When.ALWAYS, "repetition_type is 4, which a later version might have")),
            Map.entry(
                    FUZZ + "parquet-arrow-fuzz-5973249794637824",
                    new Refusal(
                            Unsupported.class, When.ALWAYS, "repetition_type is 17, which a later version might have")),
            Map.entry(
                    "parquet-testing/data/datapage_v1-corrupt-checksum.parquet",
                    new Refusal(CorruptFile.class, When.DECODED, "the checksum of a data page is wrong")),
            Map.entry(
                    "wild/maven__spark-sql_2.13-4.0.0-tests/test-data/delta_length_byte_array.parquet",
                    new Refusal(CorruptFile.class, When.DECODED, "the checksum of its data page is wrong")));

    /** Nested so deeply, or unpacking to so much, that other readers do not finish. */
    private static final Set<String> NOT_FOR_OTHERS = Set.of(
            "wild/apache__impala/testdata/max_nesting_depth/parquet/int_map/file.parq",
            "parquet-testing/data/large_string_map.brotli.parquet");

    private CorpusExpectations() {}

    /** What is wrong with the file's not having been refused; empty if nothing. */
    static String objection(Corpus.Entry entry, Form form, Settings settings, boolean merged) {
        Refusal refusal = REFUSED.get(entry.toString());
        if (refusal != null && refusal.isRightFor(form, settings) && (merged || refusal.when() == When.ALWAYS)) {
            return "should have been refused: " + refusal.why();
        }
        return switch (label(entry)) {
            case "encrypted" -> "should have been refused: encrypted";
            case "not_parquet" -> "should have been refused: no Parquet file";
            default -> "";
        };
    }

    /** What is wrong with the file's having been refused like that; empty if nothing. */
    static String objection(Corpus.Entry entry, Form form, Settings settings, GlulamException failure) {
        Refusal refusal = REFUSED.get(entry.toString());
        if (refusal != null && refusal.isRightFor(form, settings)) {
            return refusal.kind().isInstance(failure) ? "" : "not a " + refusal.kind() + ": " + failure;
        }
        boolean right = switch (label(entry)) {
            case "encrypted" -> failure instanceof Unsupported;
            case "malformed", "not_parquet" -> failure instanceof CorruptFile;
            default -> false;
        };
        return right ? "" : "should not have been refused: " + failure;
    }

    static boolean isForOtherReaders(Corpus.Entry entry) {
        return entry.expectedValid() && !NOT_FOR_OTHERS.contains(entry.toString());
    }

    private static String label(Corpus.Entry entry) {
        return entry.columns().get("expect");
    }
}
