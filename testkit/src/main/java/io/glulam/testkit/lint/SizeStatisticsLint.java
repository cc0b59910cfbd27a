package io.glulam.testkit.lint;

import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Type;

/** Size statistics and level histograms of a chunk. */
final class SizeStatisticsLint {
    private SizeStatisticsLint() {}

    static void check(SizeStatistics claims, ChunkFacts chunk, Findings findings) {
        if (claims.isSetUnencoded_byte_array_data_bytes()
                && chunk.leaf().element().getType() == Type.BYTE_ARRAY) {
            findings.errorUnlessEqual(
                    "unencoded_byte_array_data_bytes",
                    claims.getUnencoded_byte_array_data_bytes(),
                    chunk.total().valueBytes);
        }
        check("repetition", claims.getRepetition_level_histogram(), chunk.total().repetitionHistogram, findings);
        check("definition", claims.getDefinition_level_histogram(), chunk.total().definitionHistogram, findings);
    }

    private static void check(String kind, List<Long> claimed, long[] actual, Findings findings) {
        // May be left out or empty where the maximum level leaves nothing to say.
        if (claimed != null && !claimed.isEmpty()) {
            List<Long> expected = Arrays.stream(actual).boxed().toList();
            findings.errorUnlessEqual(kind + "_level_histogram", claimed, expected);
        }
    }
}
