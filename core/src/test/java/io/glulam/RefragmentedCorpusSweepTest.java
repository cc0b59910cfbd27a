package io.glulam;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.glulam.CorpusExpectations.Form;
import io.glulam.testkit.generate.Refragmenter;
import io.glulam.testkit.read.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files written again in small row groups by parquet-java. */
class RefragmentedCorpusSweepTest extends CorpusSweep {
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("smallEntries")
    void writtenAgainInSmallRowGroups(Corpus.Entry entry) throws IOException {
        assumeTrue(CorpusExpectations.isForOtherReaders(entry), "not for parquet-java");
        long rows = Long.parseLong("0" + entry.columns().get("rows_footer"));
        Path fragmented = folder.resolve("fragmented.parquet");
        try {
            Refragmenter.refragment(entry.path(), fragmented, (int) Math.max(1, rows / 7));
        } catch (IOException | RuntimeException | LinkageError theyCannot) {
            assumeTrue(false, "not for parquet-java: " + theyCannot.getMessage());
        }
        sweep(entry, Form.REFRAGMENTED, fragmented);
    }
}
