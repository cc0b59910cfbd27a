package io.glulam;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.glulam.CorpusExpectations.Form;
import io.glulam.testkit.generate.RepeatedFile;
import io.glulam.testkit.read.Corpus;
import io.glulam.testkit.read.MalformedFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Their row groups repeated byte for byte, so that the pages of every writer are merged. */
class RepeatedCorpusSweepTest extends CorpusSweep {
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("smallEntries")
    void withItsRowGroupsRepeated(Corpus.Entry entry) throws IOException {
        Path repeated = folder.resolve("repeated.parquet");
        try {
            RepeatedFile.write(entry.path(), repeated, 3);
        } catch (MalformedFile notReadable) {
            assumeTrue(false, notReadable.getMessage());
        }
        sweep(entry, Form.REPEATED, repeated);
    }
}
