package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.Seeds;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The digest depends on the bytes, their order and their number, and not on the pieces that they come in. */
class BytesDigestTest {
    static LongStream seeds() {
        return Seeds.stream(200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void piecesDoNotMatter(long seed) {
        Random random = new Random(seed);
        byte[] bytes = bytes(random);

        assertThat(inPieces(bytes, random).matches(digest(bytes))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyBitMatters(long seed) {
        Random random = new Random(seed);
        byte[] bytes = bytes(random);
        byte[] changed = bytes.clone();
        changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

        assertThat(inPieces(changed, random).matches(digest(bytes))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoChangesDoNotCancelOut(long seed) {
        Random random = new Random(seed);
        byte[] bytes = bytes(random);
        byte[] changed = bytes.clone();
        int bit = random.nextInt(8);
        int first = random.nextInt(bytes.length);
        int second = (first + 8 * (1 + random.nextInt(3))) % bytes.length;
        changed[first] ^= (byte) (1 << bit);
        changed[second] ^= (byte) (1 << bit);

        assertThat(digest(changed).matches(digest(bytes))).isEqualTo(first == second);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lostAndAddedBytesMatterEvenZeros(long seed) {
        byte[] bytes = new byte[1 + new Random(seed).nextInt(40)];
        byte[] longer = new byte[bytes.length + 1];

        assertThat(digest(bytes).matches(digest(longer))).isFalse();
    }

    @Test
    void clearForgetsEverything() {
        BytesDigest digest = digest(new byte[13]);
        digest.clear();

        assertThat(digest.matches(new BytesDigest())).isTrue();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(100)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static BytesDigest digest(byte[] bytes) {
        BytesDigest digest = new BytesDigest();
        digest.add(bytes, 0, bytes.length);
        return digest;
    }

    private static BytesDigest inPieces(byte[] bytes, Random random) {
        BytesDigest digest = new BytesDigest();
        int at = 0;
        while (at < bytes.length) {
            int length = 1 + random.nextInt(Math.min(30, bytes.length - at));
            if (length == 1) {
                digest.add(bytes[at]);
            } else {
                digest.add(bytes, at, length);
            }
            at += length;
        }
        return digest;
    }
}
