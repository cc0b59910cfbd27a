package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.codec.JvmCodecs;
import io.glulam.error.VerificationFailed;
import io.glulam.execute.PlanExecutor;
import io.glulam.execute.support.MemoryWriter;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Tier;
import io.glulam.plan.Verify;
import io.glulam.planning.Planner;
import io.glulam.planning.SurveyCache;
import io.glulam.source.SourceFile;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.RangeReader;
import io.glulam.testkit.bytes.MiscountedRows;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.mutate.RowBorders;
import io.glulam.testkit.mutate.RowBorders.Slide;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.threads.LocalResources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.format.DataPageHeaderV2;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every value is there and in its order, but some belong to another row: verification compares rows, not streams. */
class SlidRowsTest {
    private static final long BUFFERS = 16L << 20;
    private static final ExecutionResources RESOURCES = new LocalResources(2, BUFFERS, null, false);
    private static final int[] LISTS = {MiscountedRows.LIST, MiscountedRows.NESTED};

    @TempDir
    Path folder;

    /** The two files have their rows in other row groups and other pages. */
    @ParameterizedTest
    @EnumSource
    void verifyFindsThemWhateverTheRowGroupsOfEachSide(Slide slide) throws IOException {
        Path source = write(2);
        Path merged = folder.resolve("merged.parquet");
        new Compactor(CompactionOptions.defaults().withSettings(settings(20_000))).run(Job.of(source, merged));
        for (int leaf : LISTS) {
            assertThat(difference(source, slid(merged, 0, leaf, slide))).isNotNull();
            assertThat(difference(slid(source, 2, leaf, slide), merged)).isNotNull();
        }
        assertThat(difference(source, merged)).isNull();
    }

    private static Object difference(Path left, Path right) {
        return FileVerifier.firstDifference(left, right, CompactionOptions.defaults())
                .orElse(null);
    }

    /** Of pages that only move, the rows are counted; which value belongs to which, only their comparison shows. */
    @ParameterizedTest
    @EnumSource
    void aPageThatMovesWithOtherRowsIsNotPublished(Slide slide) throws IOException {
        for (int leaf : LISTS) {
            for (int i = 0; i < 2 * Verify.values().length; i++) {
                Verify verify = Verify.values()[i / 2];
                Path source = write(1 + i % 2);
                byte[] other = Files.readAllBytes(slid(source, 1, leaf, slide));
                try (LocalFileReader reader = LocalFileReader.open(source)) {
                    SourceFile sound =
                            SourceFile.of(reader, FooterReader.read(reader, BUFFERS), BUFFERS, JvmCodecs.INSTANCE);
                    Settings settings = settings(70).withVerify(verify);
                    Plan plan = new Planner(new SurveyCache(sound, settings, RESOURCES), settings, done -> {}).plan();
                    assertThat(((MergedGroup) plan.groups().get(0))
                                    .columns()
                                    .get(leaf)
                                    .tier())
                            .isEqualTo(Tier.JOIN);
                    SourceFile faulty =
                            SourceFile.of(new OtherBytes(reader, other), sound.footer(), BUFFERS, JvmCodecs.INSTANCE);
                    boolean seen = slide == Slide.ROWS_JOINED || verify == Verify.VALUES;
                    if (seen) {
                        assertThatThrownBy(() -> execute(faulty, settings, plan))
                                .isInstanceOf(VerificationFailed.class);
                    } else {
                        assertThatCode(() -> execute(faulty, settings, plan)).doesNotThrowAnyException();
                    }
                }
            }
        }
    }

    private static void execute(SourceFile file, Settings settings, Plan plan) {
        new PlanExecutor(new SurveyCache(file, settings, RESOURCES), RESOURCES, done -> {})
                .execute(plan, new MemoryWriter());
    }

    private static Settings settings(int pageRows) {
        return Settings.defaults()
                .withEffort(Effort.COPY)
                .withPages(1 << 20, pageRows)
                .withThreshold(new Threshold.Fixed(1 << 30));
    }

    private Path write(int version) throws IOException {
        return Files.write(
                folder.resolve("source.parquet"),
                MiscountedRows.sound(Seeds.base(), 24, chunk -> chunk.eachPage(page -> page.version(version)))
                        .bytes());
    }

    /** A copy of the file, in which a border between rows lies elsewhere in the first page of a chunk. */
    private Path slid(Path file, int rowGroup, int leaf, Slide slide) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (ParquetFile parquet = ParquetFile.open(file)) {
            PageInfo page = parquet.pages(rowGroup, leaf).dataPages().get(0);
            int body = (int) page.bodyOffset();
            DataPageHeaderV2 header = page.header().getData_page_header_v2();
            int from = header == null ? body + 4 : body;
            int to = header == null
                    ? from
                            + ByteBuffer.wrap(bytes)
                                    .order(ByteOrder.LITTLE_ENDIAN)
                                    .getInt(body)
                    : from + header.getRepetition_levels_byte_length();
            int width = leaf == MiscountedRows.LIST ? 1 : 2;
            assertThat(RowBorders.slide(bytes, from, to, width, page.numValues(), slide))
                    .isTrue();
        }
        return Files.write(folder.resolve("slid.parquet"), bytes);
    }

    /** Gives other bytes where ranges are moved, which take direct buffers. */
    private static final class OtherBytes extends ForwardingReader {
        private final byte[] other;

        OtherBytes(RangeReader reader, byte[] other) {
            super(reader);
            this.other = other;
        }

        @Override
        public void read(long position, ByteBuffer target) {
            if (target.isDirect()) {
                target.put(other, (int) position, target.remaining());
            } else {
                delegate().read(position, target);
            }
        }
    }
}
