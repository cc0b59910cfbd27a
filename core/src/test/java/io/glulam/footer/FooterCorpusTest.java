package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.glulam.error.GlulamException;
import io.glulam.storage.support.BytesReader;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.parquet.format.FileMetaData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("corpus")
class FooterCorpusTest {
    /** Its columns have no repetition_type, which the specification asks of every element but the root. */
    private static final String WITHOUT_REPETITION = "wild/hyparam__hyparquet/test/files/strings.parquet";

    private static final String FUZZ = "fuzz/data/parquet/fuzzing/clusterfuzz-testcase-minimized-parquet-arrow-fuzz-";

    /**
     * What the oracle does not take: enum values that it does not know, which are numbers here and move as bytes, and
     * statistics that break Thrift's rules, which are absent here.
     */
    private static final List<String> NOT_FOR_THE_ORACLE = List.of(
            "wild/apache__impala/testdata/data/bad_codec.parquet",
            FUZZ + "5106889906585600",
            FUZZ + "5742713808093184");

    private static final long MAX_FOOTER = 64 << 20;

    private Corpus corpus;

    @BeforeEach
    void findCorpus() {
        assumeTrue(Corpus.find().isPresent(), "no corpus here");
        corpus = Corpus.find().orElseThrow();
    }

    @Test
    void refusesNoValidFileAndCrashesOnNone() {
        List<String> refused = new ArrayList<>();
        for (Corpus.Entry entry : corpus.entries()) {
            try {
                readEverything(FooterReader.read(open(entry), MAX_FOOTER));
            } catch (GlulamException failure) {
                assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n");
                if (entry.expectedValid()) {
                    refused.add(entry.toString());
                }
            }
        }
        assertThat(refused).containsExactly(WITHOUT_REPETITION);
    }

    private static void readEverything(Footer footer) {
        footer.keyValueMetadata();
        for (int i = 0; i < footer.rowGroupCount(); i++) {
            footer.sortingColumns(i);
            for (int leaf = 0; leaf < footer.schema().leaves().size(); leaf++) {
                footer.chunk(i, leaf);
            }
        }
    }

    @Test
    void readsEveryFieldAsTheOracleDoes() {
        forEveryReadableFooter(FooterComparison::assertSame);
    }

    @Test
    void writesEveryRowGroupByteForByteIfNothingMoves() {
        forEveryReadableFooter((source, oracle) -> {
            Relocation relocation = new Relocation(source, 0);
            byte[] bytes = relocation.write();
            Footer written = Footer.parse(bytes, source.offsetInFile());
            FileMetaData expected = relocation.expected(oracle);
            assertThat(OracleFooters.read(bytes)).isEqualTo(expected);
            for (int i = 0; i < source.rowGroupCount(); i++) {
                if (expected.getRow_groups()
                        .get(i)
                        .equals(oracle.getRow_groups().get(i))) {
                    assertThat(rowGroup(written, i)).isEqualTo(rowGroup(source, i));
                }
            }
        });
    }

    private static byte[] rowGroup(Footer footer, int index) {
        ByteSpan span = footer.rowGroupSpan(index);
        return footer.bytes().range(span);
    }

    @Test
    void shiftsEveryOffsetAndKeepsEveryOtherField() {
        Random random = new Random(Seeds.base());
        forEveryReadableFooter((source, oracle) -> {
            Relocation relocation = new Relocation(source, 1 + random.nextInt(1 << 30));
            assertThat(OracleFooters.read(relocation.write()))
                    .as("seed " + Seeds.base())
                    .isEqualTo(relocation.expected(oracle));
            Set<String> dropped = new HashSet<>(source.unknownFields());
            if (source.statedRowCount() != source.rowCount()) {
                dropped.add("FileMetaData.num_rows");
            }
            assertThat(relocation.writer().droppedFields())
                    .extracting(DroppedField::thriftPath)
                    .hasSameElementsAs(dropped);
        });
    }

    private void forEveryReadableFooter(BiConsumer<Footer, FileMetaData> check) {
        List<String> failures = new ArrayList<>();
        List<String> notForTheOracle = new ArrayList<>();
        int checked = 0;
        for (Corpus.Entry entry : corpus.entries()) {
            Footer footer = readable(entry);
            if (footer == null) {
                continue;
            }
            try {
                check.accept(footer, OracleFooters.read(FooterComparison.bytes(footer)));
                checked++;
            } catch (UncheckedIOException refused) {
                notForTheOracle.add(entry.toString());
            } catch (AssertionError | RuntimeException failure) {
                failures.add(entry + ": " + failure);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(notForTheOracle).containsExactlyInAnyOrderElementsOf(NOT_FOR_THE_ORACLE);
        assertThat(checked).isGreaterThan(600);
    }

    private static Footer readable(Corpus.Entry entry) {
        try {
            Footer footer = FooterReader.read(open(entry), MAX_FOOTER);
            readEverything(footer);
            return footer;
        } catch (GlulamException refused) {
            return null;
        }
    }

    private static BytesReader open(Corpus.Entry entry) {
        try {
            return new BytesReader(entry.toString(), Files.readAllBytes(entry.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
