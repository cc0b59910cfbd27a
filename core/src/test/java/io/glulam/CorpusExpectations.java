package io.glulam;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Unsupported;
import io.glulam.testkit.read.Corpus;
import java.util.Map;
import java.util.Set;

/** Which files of the corpus may be refused, and why: by their label there, but for exceptions that are listed here. */
final class CorpusExpectations {
    /** What of a file is compacted. */
    enum Form {
        AS_IT_IS,
        REPEATED,
        REFRAGMENTED
    }

    /** Valid by their label, or by being read by others, and yet refused. */
    private static final Map<String, Class<? extends GlulamException>> REFUSED = Map.of();

    /** Nested so deeply, or unpacking to so much, that other readers do not finish. */
    private static final Set<String> NOT_FOR_OTHERS = Set.of(
            "wild/apache__impala/testdata/max_nesting_depth/parquet/int_map/file.parq",
            "parquet-testing/data/large_string_map.brotli.parquet");

    private CorpusExpectations() {}

    static boolean mayBeCompacted(Corpus.Entry entry, Form form) {
        return !label(entry).equals("encrypted") && !label(entry).equals("not_parquet");
    }

    static boolean mayBeRefused(Corpus.Entry entry, Form form, GlulamException refusal) {
        Class<? extends GlulamException> expected = REFUSED.get(entry.toString());
        if (expected != null) {
            return expected.isInstance(refusal);
        }
        return switch (label(entry)) {
            case "encrypted" -> refusal instanceof Unsupported;
            case "malformed", "not_parquet" -> refusal instanceof CorruptFile;
            default -> false;
        };
    }

    static boolean isForParquetJava(Corpus.Entry entry) {
        return entry.expectedValid() && !NOT_FOR_OTHERS.contains(entry.toString());
    }

    static boolean isForDuckDb(Corpus.Entry entry) {
        return entry.expectedValid() && !NOT_FOR_OTHERS.contains(entry.toString());
    }

    private static String label(Corpus.Entry entry) {
        return entry.columns().get("expect");
    }
}
