package io.glulam.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.testkit.generate.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where levels and values are in a body, and bodies that lie about it. */
class PageSectionsTest {
    private static final int RLE = Encoding.RLE.value();
    private static final int BIT_PACKED = Encoding.BIT_PACKED.value();

    static LongStream seeds() {
        return Seeds.stream(100);
    }

    @Test
    void version1HoldsBothLevelsBehindTheirLengths() {
        byte[] body = {9, 2, 0, 0, 0, 7, 7, 3, 0, 0, 0, 8, 8, 8, 1, 1};

        assertThat(PageSections.of(version1(5, RLE, RLE), leaf(1, 2), body, 1, 15))
                .isEqualTo(new PageSections(5, 2, 11, 3, 14, 2));
    }

    @Test
    void flatRequiredColumnsHaveValuesOnly() {
        assertThat(PageSections.of(version1(5, RLE, RLE), leaf(0, 0), new byte[20], 0, 20))
                .isEqualTo(new PageSections(0, 0, 0, 0, 0, 20));
    }

    @Test
    void optionalColumnsHaveDefinitionLevelsOnly() {
        byte[] body = {2, 0, 0, 0, 7, 7, 1, 1};
        assertThat(PageSections.of(version1(5, RLE, RLE), leaf(0, 1), body, 0, 8))
                .isEqualTo(new PageSections(0, 0, 4, 2, 6, 2));
    }

    @Test
    void bitPackedLevelsHaveNoLength() {
        // 5 levels up to 3 take 10 bits, up to 1 take 5.
        assertThat(PageSections.of(version1(5, BIT_PACKED, BIT_PACKED), leaf(1, 3), new byte[9], 0, 9))
                .isEqualTo(new PageSections(0, 1, 1, 2, 3, 6));
    }

    @Test
    void bitPackedLevelsOfLevelZeroAreAPlaceholder() {
        assertThat(PageSections.of(version1(5, BIT_PACKED, BIT_PACKED), leaf(0, 0), new byte[9], 0, 9))
                .isEqualTo(new PageSections(0, 0, 0, 0, 0, 9));
    }

    @Test
    void version2GoesByItsHeader() {
        assertThat(PageSections.of(version2(4, 3), leaf(1, 1), new byte[12], 2, 10))
                .isEqualTo(new PageSections(2, 3, 5, 4, 9, 3));
    }

    @Test
    void version2WithLevelsLongerThanItsBodyIsRefused() {
        assertThatThrownBy(() -> PageSections.of(version2(4, 3), leaf(1, 1), new byte[12], 0, 6))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() ->
                        PageSections.of(version2(Integer.MAX_VALUE, Integer.MAX_VALUE), leaf(1, 1), new byte[6], 0, 6))
                .isInstanceOf(CorruptFile.class);
    }

    @Test
    void levelsThatClaimMoreThanTheBodyAreRefused() {
        for (int claim : new int[] {5, 1_000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            ByteArrayBuilder body = new ByteArrayBuilder(16);
            body.appendInt(claim);
            body.appendInt(0);
            assertThatThrownBy(() -> PageSections.of(version1(5, RLE, RLE), leaf(0, 1), body.array(), 0, body.size()))
                    .as("claim %d", claim)
                    .isInstanceOf(CorruptFile.class);
        }
    }

    @Test
    void bodiesTooShortForALengthAreRefused() {
        for (int length = 0; length < 4; length++) {
            int bytes = length;
            assertThatThrownBy(() -> PageSections.of(version1(5, RLE, RLE), leaf(0, 1), new byte[4], 0, bytes))
                    .isInstanceOf(CorruptFile.class);
        }
    }

    @Test
    void bitPackedLevelsLongerThanTheBodyAreRefused() {
        assertThatThrownBy(() -> PageSections.of(
                        version1(Integer.MAX_VALUE, BIT_PACKED, BIT_PACKED), leaf(1, 1), new byte[9], 0, 9))
                .isInstanceOf(CorruptFile.class);
    }

    @Test
    void levelsInAnotherEncodingAreRefused() {
        assertThatThrownBy(
                        () -> PageSections.of(version1(5, Encoding.PLAIN.value(), RLE), leaf(0, 1), new byte[9], 0, 9))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("PLAIN");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sectionsOfAnythingLieInTheBody(long seed) {
        Random random = new Random(seed);
        byte[] body = new byte[random.nextInt(40)];
        random.nextBytes(body);
        for (int i = 1; i < body.length && random.nextBoolean(); i++) {
            body[i] = 0;
        }
        int from = body.length == 0 ? 0 : random.nextInt(body.length);
        int length = body.length - from;
        PageHeader header = random.nextBoolean()
                ? version1(
                        random.nextInt(100),
                        random.nextBoolean() ? RLE : BIT_PACKED,
                        random.nextBoolean() ? RLE : BIT_PACKED)
                : version2(random.nextInt(30), random.nextInt(30));
        PageSections sections;
        try {
            sections = PageSections.of(header, leaf(random.nextInt(3), random.nextInt(5)), body, from, length);
        } catch (CorruptFile refused) {
            return;
        }
        assertThat(sections.repetitionFrom()).as("seed %d", seed).isGreaterThanOrEqualTo(from);
        assertThat(sections.repetitionFrom() + sections.repetitionLength())
                .isLessThanOrEqualTo(sections.definitionFrom());
        assertThat(sections.definitionFrom() + sections.definitionLength()).isLessThanOrEqualTo(sections.valuesFrom());
        assertThat(sections.valuesLength()).isNotNegative();
        assertThat(sections.valuesFrom() + sections.valuesLength()).isEqualTo(body.length);
    }

    private static Leaf leaf(int maxRepetition, int maxDefinition) {
        return new Leaf(0, List.of("a"), PhysicalType.INT32, 0, maxRepetition, maxDefinition, SortOrder.INT32_SIGNED);
    }

    private static PageHeader version1(int values, int definitionEncoding, int repetitionEncoding) {
        return new PageHeader(
                PageType.DATA_PAGE,
                100,
                100,
                null,
                PageCounts.ofValues(values),
                0,
                new PageHeader.Levels(definitionEncoding, repetitionEncoding, 0, 0),
                true,
                null);
    }

    private static PageHeader version2(int definitionBytes, int repetitionBytes) {
        return new PageHeader(
                PageType.DATA_PAGE_V2,
                100,
                100,
                null,
                new PageCounts(5, 5, 0),
                0,
                new PageHeader.Levels(RLE, RLE, definitionBytes, repetitionBytes),
                true,
                null);
    }
}
