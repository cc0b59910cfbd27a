package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.VerificationFailed;
import io.glulam.execute.support.Compaction;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.page.PageBody;
import io.glulam.page.PageForm;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Verify;
import io.glulam.recode.PageSink;
import io.glulam.recode.RecodeSettings;
import io.glulam.recode.RecodedPage;
import io.glulam.source.SourceFile;
import io.glulam.splice.ColumnSurveyor;
import io.glulam.splice.SurveyedColumn;
import io.glulam.testkit.mutate.RowBorders;
import io.glulam.testkit.mutate.RowBorders.Slide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever goes wrong between decoding and the pages that are written, nothing of it is handed over. */
class RecodedColumnTest {
    private static final PageForm FORM = new PageForm(CompressionCodec.SNAPPY, 0, 2, true, false, false);

    @TempDir
    Path folder;

    /** How pages are broken on their way. */
    enum Fault {
        A_BIT_OF_A_VALUE,
        A_PAGE_LOST,
        A_PAGE_TWICE,
        PAGES_SWAPPED,
        AN_ENTRY_OF_THE_DICTIONARY,
        A_VALUE_IN_THE_ROW_BEFORE,
        ROWS_JOINED
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultIsRefused(Fault fault) throws IOException {
        try (Compaction compaction = Compaction.of(folder, WriterVersion.PARQUET_2_0, Verify.STRUCTURE)) {
            for (Leaf leaf : compaction.file.footer().schema().leaves()) {
                SurveyedColumn column = survey(compaction.file, leaf);
                boolean indexed = fault == Fault.AN_ENTRY_OF_THE_DICTIONARY;
                RecodeSettings settings = new RecodeSettings(
                        2, Encoding.PLAIN, indexed ? Encoding.RLE_DICTIONARY : null, 1 << 20, 1 << 20, 300, 0);
                try (RecodedColumn sound = recode(compaction, column, settings, UnaryOperator.identity())) {
                    assertThat(sound.chunk().rowCount()).isEqualTo(7_300);
                }
                if (leaf.maxRepetitionLevel() == 0
                        && (fault == Fault.A_VALUE_IN_THE_ROW_BEFORE || fault == Fault.ROWS_JOINED)) {
                    continue; // each value is a row
                }
                if (leaf.name().equals("word") && fault == Fault.PAGES_SWAPPED) {
                    continue; // constant: its pages may well be the same
                }
                assertThatThrownBy(() -> recode(compaction, column, settings, sink -> new Faulty(sink, fault)))
                        .as("%s, column %s", fault, leaf.name())
                        .isInstanceOfAny(VerificationFailed.class, CorruptFile.class);
            }
        }
    }

    private static RecodedColumn recode(
            Compaction compaction, SurveyedColumn column, RecodeSettings settings, UnaryOperator<PageSink> between) {
        MergedGroup merged = (MergedGroup) compaction.plan.groups().get(compaction.merged());
        MergedColumns output = new MergedColumns(
                compaction.file,
                merged,
                CarriedClaims.of(compaction.plan, compaction.file.footer()),
                new DroppedAids("source", false));
        return RecodedColumn.recode(column, FORM, settings, output, between);
    }

    private static SurveyedColumn survey(SourceFile file, Leaf leaf) {
        int[] all = IntStream.range(0, file.footer().rowGroupCount()).toArray();
        return new ColumnSurveyor(1 << 20).survey(leaf, file.fragments(all, leaf));
    }

    /** Breaks the third page, or the dictionary, and hands the rest on. */
    private static final class Faulty implements PageSink {
        private final PageSink sink;
        private final Fault fault;
        private int count;
        private RecodedPage held;

        Faulty(PageSink sink, Fault fault) {
            this.sink = sink;
            this.fault = fault;
        }

        @Override
        public void dataPage(RecodedPage page) {
            count++;
            if (held != null) {
                sink.dataPage(page);
                sink.dataPage(held);
                held = null;
            } else if (count != 3 || fault == Fault.AN_ENTRY_OF_THE_DICTIONARY) {
                sink.dataPage(page);
            } else if (fault == Fault.A_BIT_OF_A_VALUE) {
                byte[] body = page.body().bytes().clone();
                body[page.body().length() - 1] ^= 1;
                sink.dataPage(with(page, body));
            } else if (fault == Fault.A_VALUE_IN_THE_ROW_BEFORE) {
                sink.dataPage(slid(page, Slide.INTO_THE_ROW_BEFORE));
            } else if (fault == Fault.ROWS_JOINED) {
                sink.dataPage(slid(page, Slide.ROWS_JOINED));
            } else if (fault == Fault.A_PAGE_TWICE) {
                sink.dataPage(page);
                sink.dataPage(page);
            } else if (fault == Fault.PAGES_SWAPPED) {
                held = with(page, page.body().bytes().clone());
            }
        }

        @Override
        public void dictionary(int entryCount, byte[] plain, int length, Encoding encoding) {
            byte[] entries = Arrays.copyOf(plain, length);
            if (fault == Fault.AN_ENTRY_OF_THE_DICTIONARY) {
                entries[length - 1] ^= 1;
            }
            sink.dictionary(entryCount, entries, length, encoding);
        }

        private static RecodedPage slid(RecodedPage page, Slide slide) {
            PageBody body = page.body();
            int values = page.counts().values();
            return with(page, RowBorders.slid(body.bytes(), 0, body.repetitionBytes(), 1, values, slide));
        }

        private static RecodedPage with(RecodedPage page, byte[] body) {
            return page.withBody(page.body().with(body, page.body().length()), page.encoding());
        }
    }
}
