package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.testkit.generate.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The digest depends on what pages say and on nothing else. */
class ContentDigestTest {
    private static final Leaf OPTIONAL = new Leaf(0, List.of("a"), PhysicalType.INT32, 0, 0, 1, SortOrder.INT32_SIGNED);
    private static final int NULL = -1;
    private static final int PLAIN = Encoding.PLAIN.value();
    private static final int INDICES = Encoding.RLE_DICTIONARY.value();

    static LongStream seeds() {
        return Seeds.stream(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pageBordersDoNotMatter(long seed) {
        Random random = new Random(seed);
        int[] values = values(random);
        int encoding = random.nextBoolean() ? PLAIN : INDICES;
        int cut = random.nextInt(values.length);

        assertSame(seed, digest(values, encoding, cut), digest(values, encoding, 0), true);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void swappedValuesMatter(long seed) {
        Random random = new Random(seed);
        int[] values = values(random);
        int a = random.nextInt(values.length);
        int b = random.nextInt(values.length);
        int[] swapped = values.clone();
        swapped[a] = values[b];
        swapped[b] = values[a];
        for (int encoding : new int[] {PLAIN, INDICES}) {
            assertSame(seed, digest(values, encoding, 0), digest(swapped, encoding, 0), values[a] == values[b]);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aLostValueMatters(long seed) {
        Random random = new Random(seed);
        int[] values = values(random);
        int lost = random.nextInt(values.length);
        int[] rest = new int[values.length - 1];
        System.arraycopy(values, 0, rest, 0, lost);
        System.arraycopy(values, lost + 1, rest, lost, rest.length - lost);
        for (int encoding : new int[] {PLAIN, INDICES}) {
            assertSame(seed, digest(values, encoding, 0), digest(rest, encoding, 0), false);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aChangedValueMatters(long seed) {
        Random random = new Random(seed);
        int[] values = values(random);
        int[] changed = values.clone();
        int at = random.nextInt(values.length);
        changed[at] = changed[at] == NULL ? 0 : random.nextBoolean() ? NULL : changed[at] ^ 1 << random.nextInt(5);
        for (int encoding : new int[] {PLAIN, INDICES}) {
            assertSame(seed, digest(values, encoding, 0), digest(changed, encoding, 0), false);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aShiftedSeamMatters(long seed) {
        Random random = new Random(seed);
        int[] values = values(random);
        int[] shifted = values.clone();
        System.arraycopy(values, 1, shifted, 0, values.length - 1);
        shifted[values.length - 1] = values[0];
        for (int encoding : new int[] {PLAIN, INDICES}) {
            assertSame(seed, digest(values, encoding, 0), digest(shifted, encoding, 0), Arrays.equals(values, shifted));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sourceIndicesCountAsWhatTheyMapTo(long seed) {
        Random random = new Random(seed);
        int[] values = values(random);
        int[] mapping = random.ints(64, 0, 1_000).distinct().toArray();
        int[] indices = Arrays.stream(values)
                .map(value -> value == NULL ? NULL : value % mapping.length)
                .toArray();
        int[] mapped = Arrays.stream(indices)
                .map(index -> index == NULL ? NULL : mapping[index])
                .toArray();
        ContentDigest source = new ContentDigest(OPTIONAL);
        Page page = page(indices, 0, indices.length, INDICES, 6);
        source.addLevels(page.header, page.body, page.sections);
        source.addSource(page.header, page.body, page.sections, mapping, mapping.length);

        assertSame(seed, digest(mapped, INDICES, 0), source, true);
        int used = Arrays.stream(indices)
                .filter(index -> index != NULL)
                .findFirst()
                .orElse(-1);
        if (used >= 0) {
            mapping[used] ^= 1;
            ContentDigest wrong = new ContentDigest(OPTIONAL);
            wrong.addLevels(page.header, page.body, page.sections);
            wrong.addSource(page.header, page.body, page.sections, mapping, mapping.length);
            assertSame(seed, digest(mapped, INDICES, 0), wrong, false);
        }
    }

    private record Page(PageHeader header, byte[] body, PageSections sections) {}

    /** Digest of one page, or of two cut at {@code cut}. */
    private static ContentDigest digest(int[] values, int encoding, int cut) {
        ContentDigest digest = new ContentDigest(OPTIONAL);
        for (int[] range : new int[][] {{0, cut}, {cut, values.length}}) {
            Page page = page(values, range[0], range[1], encoding, 10 + range[0] % 3);
            digest.addLevels(page.header, page.body, page.sections);
            digest.addOutput(page.header, page.body, page.sections);
        }
        return digest;
    }

    private static Page page(int[] values, int from, int to, int encoding, int width) {
        int[] part = Arrays.copyOfRange(values, from, to);
        int[] levels = Arrays.stream(part).map(value -> value == NULL ? 0 : 1).toArray();
        int[] present = Arrays.stream(part).filter(value -> value != NULL).toArray();
        ByteArrayBuilder body = new ByteArrayBuilder(16);
        HybridEncoder.encode(levels, 0, levels.length, 1, body);
        int levelBytes = body.size();
        if (encoding == PLAIN) {
            Arrays.stream(present).forEach(body::appendInt);
        } else {
            body.append(width);
            HybridEncoder.encode(present, 0, present.length, width, body);
        }
        PageHeader header = PageHeader.dataPage(body.size(), body.size(), part.length, encoding);
        return new Page(
                header,
                Arrays.copyOf(body.array(), body.size()),
                new PageSections(0, 0, 0, levelBytes, levelBytes, body.size() - levelBytes));
    }

    private static int[] values(Random random) {
        int bound = 1 + random.nextInt(random.nextBoolean() ? 3 : 60);
        return random.ints(2 + random.nextInt(500), 0, bound + 1)
                .map(value -> value == bound ? NULL : value)
                .toArray();
    }

    private static void assertSame(long seed, ContentDigest left, ContentDigest right, boolean same) {
        assertThat(left.matches(right)).as("seed %d", seed).isEqualTo(same);
    }
}
