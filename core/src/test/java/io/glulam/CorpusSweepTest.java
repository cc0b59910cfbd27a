package io.glulam;

import io.glulam.CorpusExpectations.Form;
import io.glulam.testkit.read.Corpus;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the corpus as they are. */
class CorpusSweepTest extends CorpusSweep {
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("entries")
    void asItIs(Corpus.Entry entry) throws IOException {
        sweep(entry, Form.AS_IT_IS, entry.path());
    }
}
