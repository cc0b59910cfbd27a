package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnionDictionaryTest {
    static LongStream seeds() {
        return Seeds.stream(50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void holdsEveryEntryOnceInOrderOfAppearance(long seed) {
        Random random = new Random(seed);
        int width = random.nextBoolean() ? -1 : 1 + random.nextInt(12);
        UnionDictionary union = new UnionDictionary(width);
        Set<String> expected = new LinkedHashSet<>();
        List<List<byte[]>> fragments = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            List<byte[]> entries = entries(random, width);
            fragments.add(entries);
            boolean same = true;
            for (int entry = 0; entry < entries.size(); entry++) {
                expected.add(Arrays.toString(entries.get(entry)));
                same &= List.copyOf(expected).indexOf(Arrays.toString(entries.get(entry))) == entry;
            }
            ByteArrayBuilder body = body(entries, width);
            assertThat(union.add(body.array(), body.size(), entries.size()))
                    .as("seed %d: whether indices stay", seed)
                    .isEqualTo(same);
        }

        List<String> found = new ArrayList<>();
        union.values().forEachRemaining(value -> found.add(Arrays.toString(value)));
        assertThat(found).as("seed %d", seed).isEqualTo(List.copyOf(expected));
        for (List<byte[]> entries : fragments) {
            ByteArrayBuilder body = body(entries, width);
            int[] mapping = new int[entries.size()];
            union.map(body.array(), body.size(), entries.size(), mapping);
            for (int entry = 0; entry < mapping.length; entry++) {
                assertThat(found.get(mapping[entry])).isEqualTo(Arrays.toString(entries.get(entry)));
            }
        }
    }

    @Test
    void anEntryTwiceDoesNotKeepItsIndex() {
        UnionDictionary union = new UnionDictionary(1);

        assertThat(union.add(new byte[] {5, 5, 6}, 3, 3)).isFalse();
        assertThat(union.size()).isEqualTo(2);
        int[] mapping = new int[3];
        union.map(new byte[] {5, 5, 6}, 3, 3, mapping);
        assertThat(mapping).containsExactly(0, 0, 1);
    }

    @Test
    void aPrefixKeepsItsIndices() {
        UnionDictionary union = new UnionDictionary(1);

        assertThat(union.add(new byte[] {5, 6}, 2, 2)).isTrue();
        assertThat(union.add(new byte[] {5}, 1, 1)).isTrue();
        assertThat(union.add(new byte[] {5, 6, 7}, 3, 3)).isTrue();
        assertThat(union.add(new byte[] {6}, 1, 1)).isFalse();
    }

    @Test
    void zeroesOfBothSignsAndNansOfAllKindsAreDifferentEntries() {
        UnionDictionary union = new UnionDictionary(4);
        byte[] zeroes = {0, 0, 0, 0, 0, 0, 0, (byte) 0x80, 0, 0, (byte) 0xc0, 0x7f, 1, 0, (byte) 0xc0, 0x7f};

        assertThat(union.add(zeroes, zeroes.length, 4)).isTrue();
        assertThat(union.size()).isEqualTo(4);
    }

    @Test
    void entriesThatDoNotFitTheirPageAreRefused() {
        assertThatThrownBy(() -> new UnionDictionary(4).add(new byte[7], 7, 2)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> new UnionDictionary(-1).add(new byte[3], 3, 1)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> new UnionDictionary(-1).add(new byte[] {1, 0, 0, 0}, 4, 1))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> new UnionDictionary(-1).add(new byte[] {-1, -1, -1, -1}, 4, 1))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> new UnionDictionary(-1).add(new byte[] {-1, -1, -1, 0x7f}, 4, 1))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> new UnionDictionary(8).add(new byte[8], 8, Integer.MAX_VALUE))
                .isInstanceOf(CorruptFile.class);
    }

    @Test
    void anEntryThatWasNeverAddedIsRefused() {
        UnionDictionary union = new UnionDictionary(1);
        union.add(new byte[] {5}, 1, 1);

        assertThatThrownBy(() -> union.map(new byte[] {6}, 1, 1, new int[1])).isInstanceOf(CorruptFile.class);
    }

    private static List<byte[]> entries(Random random, int width) {
        List<byte[]> entries = new ArrayList<>();
        int count = random.nextInt(random.nextBoolean() ? 5 : 700);
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[width >= 0 ? width : random.nextInt(4)];
            for (int k = 0; k < entry.length; k++) {
                entry[k] = (byte) random.nextInt(5);
            }
            entries.add(entry);
        }
        return entries;
    }

    private static ByteArrayBuilder body(List<byte[]> entries, int width) {
        ByteArrayBuilder body = new ByteArrayBuilder(16);
        for (byte[] entry : entries) {
            if (width < 0) {
                body.appendInt(entry.length);
            }
            body.append(entry, 0, entry.length);
        }
        return body;
    }
}
