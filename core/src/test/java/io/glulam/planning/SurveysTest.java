package io.glulam.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.Leaf;
import io.glulam.local.LocalFileReader;
import io.glulam.plan.Settings;
import io.glulam.plan.Sources;
import io.glulam.source.Fragment;
import io.glulam.source.SourceFile;
import io.glulam.splice.SurveyedColumn;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.threads.LocalResources;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveysTest {
    private static final int ROW_GROUPS = 40;

    @TempDir
    Path folder;

    @Test
    void aSurveyThatIsKeptWithoutTheFootersEntriesGetsThemAgainAndReadsNoPage() throws SQLException {
        Path source = folder.resolve("source.parquet");
        try (DuckDbSession duck = DuckDbSession.open()) {
            duck.execute(
                    "COPY (SELECT 'word ' || i %% 9 AS word, i AS number FROM range(%d) t(i)) TO %s (ROW_GROUP_SIZE 2048)"
                            .formatted(2048 * ROW_GROUPS, DuckDbSession.literal(source.toString())));
        }
        // There is room for the entries of one column, or for what the pages of both told.
        long buffers = 4 * 50_000;
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            Footer footer = FooterReader.read(reader, 64 << 20);
            SourceFile file = SourceFile.of(reader, footer, 64 << 20, JvmCodecs.INSTANCE);
            Surveys surveys = new Surveys(file, Settings.defaults(), new LocalResources(1, buffers, null, false));
            Sources all = Sources.range(0, ROW_GROUPS - 1);
            surveys.begin(all);
            List<Leaf> leaves = footer.schema().leaves();
            List<SurveyedColumn> surveyed = leaves.stream()
                    .map(leaf -> surveys.survey(all, leaf, surveys.surveyor()))
                    .toList();
            long read = file.bytes().bytesRead();

            for (int i = 0; i < leaves.size(); i++) {
                SurveyedColumn taken = surveys.take(all, leaves.get(i));
                SurveyedColumn before = surveyed.get(i);
                assertThat(taken.fragments()).hasSize(ROW_GROUPS);
                assertThat(taken.fragments())
                        .extracting(
                                Fragment::rowGroup, fragment -> fragment.chunk().start())
                        .isEqualTo(before.fragments().stream()
                                .map(fragment -> tuple(
                                        fragment.rowGroup(), fragment.chunk().start()))
                                .toList());
                assertThat(taken.heapBytes()).isEqualTo(before.heapBytes());
            }
            assertThat(file.bytes().bytesRead()).isEqualTo(read);
        }
    }

    @Test
    void shortChunksAreReadOnceForTheirSurveyAndTheirPages() throws SQLException {
        Path source = folder.resolve("source.parquet");
        try (DuckDbSession duck = DuckDbSession.open()) {
            duck.execute(
                    "COPY (SELECT 'word ' || i %% 9 AS word, i AS number FROM range(%d) t(i)) TO %s (ROW_GROUP_SIZE 2048)"
                            .formatted(2048 * ROW_GROUPS, DuckDbSession.literal(source.toString())));
        }
        try (LocalFileReader reader = LocalFileReader.open(source)) {
            Footer footer = FooterReader.read(reader, 64 << 20);
            SourceFile file = SourceFile.of(reader, footer, 64 << 20, JvmCodecs.INSTANCE);
            Surveys surveys = new Surveys(file, Settings.defaults(), new LocalResources(1, 64 << 20, null, false));
            Leaf words = footer.schema().leaves().get(0);

            Surveys.Opened opened = surveys.open(Sources.range(0, ROW_GROUPS - 1), words);

            long bytes = opened.column().sourceBytes();
            assertThat(file.bytes().bytesRead()).isEqualTo(bytes);
            assertThat(opened.file().bytes().heldBytes()).isEqualTo(bytes);
            for (Fragment fragment : opened.column().fragments()) {
                long start = fragment.chunk().start();
                int length = (int) fragment.chunk().compressedSize();
                byte[] held = new byte[length];
                byte[] read = new byte[length];
                opened.file().bytes().read(start, held, 0, length);
                reader.read(start, ByteBuffer.wrap(read));
                assertThat(held).isEqualTo(read);
            }
            assertThat(file.bytes().bytesRead()).isEqualTo(bytes);
        }
    }
}
