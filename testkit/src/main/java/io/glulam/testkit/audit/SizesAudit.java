package io.glulam.testkit.audit;

import io.glulam.testkit.lint.ChunkFacts;
import io.glulam.testkit.lint.Findings;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Type;

/** Size statistics of a merged chunk: each component exact or absent. */
final class SizesAudit {
    private final ChunkFacts chunk;
    private final Findings findings;

    SizesAudit(ChunkFacts chunk, Findings findings) {
        this.chunk = chunk;
        this.findings = findings;
    }

    void check() {
        SizeStatistics claims = chunk.claims().getSize_statistics();
        if (claims == null) {
            return;
        }
        if (claims.isSetUnencoded_byte_array_data_bytes()) {
            boolean sized = chunk.leaf().element().getType() == Type.BYTE_ARRAY;
            findings.errorUnless(sized, "unencoded_byte_array_data_bytes of values of one length");
            findings.errorUnlessEqual(
                    "unencoded_byte_array_data_bytes",
                    claims.getUnencoded_byte_array_data_bytes(),
                    chunk.total().valueBytes);
        }
        checkHistogram("repetition", claims.getRepetition_level_histogram(), chunk.total().repetitionHistogram);
        checkHistogram("definition", claims.getDefinition_level_histogram(), chunk.total().definitionHistogram);
    }

    private void checkHistogram(String kind, List<Long> claimed, long[] actual) {
        if (claimed != null && !claimed.isEmpty()) {
            findings.errorUnlessEqual(
                    kind + "_level_histogram",
                    claimed,
                    Arrays.stream(actual).boxed().toList());
        }
    }
}
