package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pages are joined. */
@Tag("once")
class OutputPagesTest {
    @TempDir
    Path folder;

    static LongStream seeds() {
        return Seeds.stream(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPageIsInOneGroupThatKeepsToTheLimits(long seed) throws IOException {
        Random random = new Random(seed);
        Path path = folder.resolve("source.parquet");
        ParquetJavaFiles.write(FileRecipe.any(seed), path);
        SurveyedFile file = new SurveyedFile(path);
        Settings settings = Settings.defaults().withPages(1 + random.nextInt(1 << 14), 1 + random.nextInt(3_000));
        for (int leaf = 0; leaf < file.leaves().size(); leaf++) {
            SurveyedColumn column = file.column(leaf, 1 << 20);
            assertGroups(seed, column, OutputPages.of(column, Tier.COALESCE, settings), settings);
            OutputPages joined = OutputPages.of(column, Tier.JOIN, settings);
            assertThat(joined.count()).as("seed %d", seed).isEqualTo(column.pageCount());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aUnionOverTheCapIsNone(long seed) throws IOException {
        Path path = folder.resolve("source.parquet");
        ParquetJavaFiles.write(FileRecipe.anyFlat(seed), path);
        SurveyedFile file = new SurveyedFile(path);
        for (int leaf = 0; leaf < file.leaves().size(); leaf++) {
            SurveyedColumn column = file.column(leaf, Long.MAX_VALUE);
            if (!column.hasUnion()) {
                continue;
            }
            int largest = 0;
            for (int i = 0; i < column.fragments().size(); i++) {
                DictionaryPage dictionary = column.dictionary(i);
                largest = Math.max(
                        largest, dictionary == null ? 0 : dictionary.header().uncompressedSize());
            }
            // A source's own dictionary is always allowed.
            assertThat(file.column(leaf, 0).hasUnion())
                    .as("seed %d, leaf %d", seed, leaf)
                    .isEqualTo(column.unionBytes() <= largest);
            assertThat(file.column(leaf, column.unionBytes()).hasUnion()).isTrue();
        }
    }

    private static void assertGroups(long seed, SurveyedColumn column, OutputPages pages, Settings settings) {
        int next = 0;
        for (int page = 0; page < pages.count(); page++) {
            assertThat(pages.from(page)).as("seed %d, page %d", seed, page).isEqualTo(next);
            next = pages.to(page);
            assertThat(next).isGreaterThan(pages.from(page));
            if (next - pages.from(page) == 1) {
                continue;
            }
            assertThat(pages.isMoved(page)).isFalse();
            assertThat(sum(column, pages.from(page), next, false)).isLessThanOrEqualTo(settings.pageBytes());
            assertThat(sum(column, pages.from(page), next, true)).isLessThanOrEqualTo(settings.pageRows());
            for (int source = pages.from(page); source < next; source++) {
                assertThat(column.encoding(source)).isEqualTo(column.encoding(pages.from(page)));
            }
        }
        assertThat(next).as("seed %d", seed).isEqualTo(column.pageCount());
        assertThat(fullUp(column, pages, settings)).as("seed %d", seed).isTrue();
    }

    /** Whether no page could have taken in the one behind it. */
    private static boolean fullUp(SurveyedColumn column, OutputPages pages, Settings settings) {
        for (int page = 0; page + 1 < pages.count(); page++) {
            int from = pages.from(page);
            int to = pages.to(page) + 1;
            if (column.encoding(from) == column.encoding(to - 1)
                    && PageSplicer.canSplice(column.leaf(), column.encoding(from))
                    && sum(column, from, to, false) <= settings.pageBytes()
                    && sum(column, from, to, true) <= settings.pageRows()) {
                return false;
            }
        }
        return true;
    }

    private static long sum(SurveyedColumn column, int from, int to, boolean rows) {
        long sum = 0;
        for (int page = from; page < to; page++) {
            int inHeader = column.pages().rowCount(page);
            sum += !rows ? column.pages().uncompressedSize(page) : inHeader >= 0 ? inHeader : column.valueCount(page);
        }
        return sum;
    }
}
