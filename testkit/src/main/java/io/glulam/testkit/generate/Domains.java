package io.glulam.testkit.generate;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;

/** The domains of values that {@link LeafKind} is made of. */
final class Domains {
    private static final List<String> WORDS = List.of(
            "click",
            "view",
            "purchase",
            "scroll",
            "login",
            "Zürich",
            "東京",
            "naïve",
            "🦊 fox",
            "e\u0301",
            "\u00e9",
            "O'Neil",
            "a\"b");
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;

    private Domains() {}

    static Domain booleans() {
        return new Domain(Random::nextBoolean, i -> i >= 1000, List.of(true, false));
    }

    /** Integers of {@code bits} bits, held as the signed int with the same bits. */
    static Domain ints(int bits, boolean signed) {
        int low = signed ? (int) (-1L << (bits - 1)) : 0;
        int high = signed ? (int) ((1L << (bits - 1)) - 1) : (int) ((1L << bits) - 1);
        long span = 1L << bits;
        return new Domain(
                random -> (int) (low + Math.floorMod(random.nextLong(), span)),
                i -> (int) (signed ? Math.min(i * 3 - 100, high) : Math.min(i * 3, span - 1)),
                List.of(low, high, 0, 1, signed ? -1 : high - 1));
    }

    /** Ints between two bounds, both included. */
    static Domain intsBetween(int low, int high) {
        long span = (long) high - low + 1;
        return new Domain(
                random -> (int) (low + Math.floorMod(random.nextLong(), span)),
                i -> (int) Math.min(low + i, high),
                List.of(low, high, 0, 1));
    }

    static Domain longs(boolean signed) {
        return new Domain(
                Random::nextLong,
                i -> signed ? i * 7 - 1000 : i * 7,
                signed ? List.of(Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L) : List.of(0L, -1L, Long.MIN_VALUE, 1L));
    }

    /** Longs between two bounds, both included; {@code high - low} fits a long. */
    static Domain longsBetween(long low, long high, long step) {
        long span = high - low + 1;
        return new Domain(
                random -> low + Math.floorMod(random.nextLong(), span),
                i -> Math.min(Math.max(low, 0) + i * step, high),
                List.of(low, high, 0L, 1L));
    }

    static Domain floats() {
        List<Object> special = List.of(
                Float.NaN,
                Float.intBitsToFloat(0x7fc0dead),
                Float.intBitsToFloat(0xffc00001),
                -0.0f,
                0.0f,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.MIN_VALUE,
                Float.MAX_VALUE);
        return new Domain(random -> (float) random.nextGaussian() * 1000, i -> i / 4f - 50, special);
    }

    static Domain doubles() {
        List<Object> special = List.of(
                Double.NaN,
                Double.longBitsToDouble(0x7ff80000deadbeefL),
                Double.longBitsToDouble(0xfff8000000000001L),
                -0.0,
                0.0,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                Double.MAX_VALUE);
        return new Domain(random -> random.nextGaussian() * 1e6, i -> i / 8.0 - 50, special);
    }

    /** Half floats: any two bytes when random, finite ones ascending. */
    static Domain float16() {
        List<Object> special =
                List.of(half(0x7e00), half(0x7e42), half(0x8000), half(0), half(0x7c00), half(0xfc00), half(1));
        return new Domain(
                random -> half(random.nextInt(0x7c00) | (random.nextBoolean() ? 0x8000 : 0)),
                i -> half((int) Math.min(i, 0x7bff)),
                special);
    }

    private static Binary half(int bits) {
        return Binary.fromConstantByteArray(new byte[] {(byte) bits, (byte) (bits >> 8)});
    }

    static Domain bytes() {
        return new Domain(
                random -> Binary.fromConstantByteArray(someBytes(random, random.nextInt(24))),
                i -> Binary.fromConstantByteArray(bigEndian(i, 8)),
                List.of(
                        binary(new byte[0]),
                        binary(new byte[] {0}),
                        binary(new byte[] {-1, -1}),
                        binary(new byte[300])));
    }

    static Domain fixed(int length) {
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) 0xff);
        return new Domain(
                random -> binary(someBytes(random, length)),
                i -> binary(bigEndian(i, length)),
                List.of(binary(new byte[length]), binary(ones)));
    }

    static Domain strings() {
        List<Object> special = List.of(
                Binary.fromString(""),
                Binary.fromString(" "),
                Binary.fromString("ÿ\uffff"),
                Binary.fromString("\ud83d\ude00\ud83d\ude00"),
                Binary.fromString("long ".repeat(400)),
                Binary.fromString("same prefix of more than sixty-four bytes, so that bounds are truncated: a"),
                Binary.fromString("same prefix of more than sixty-four bytes, so that bounds are truncated: b"));
        return new Domain(
                random -> Binary.fromString(word(random) + "/" + Integer.toString(random.nextInt(1 << 24), 36)),
                i -> Binary.fromString("key-%09d".formatted(i)),
                special);
    }

    /** Short words only, for enumerations. */
    static Domain words() {
        return new Domain(
                random -> Binary.fromString(word(random)),
                i -> Binary.fromString("E%06d".formatted(i)),
                List.of(Binary.fromString("NONE")));
    }

    static Domain json() {
        return new Domain(
                random ->
                        Binary.fromString("{\"n\":%d,\"ok\":%b}".formatted(random.nextInt(1000), random.nextBoolean())),
                i -> Binary.fromString("[%d]".formatted(1_000_000_000 + i)),
                List.of(Binary.fromString("null"), Binary.fromString("{}"), Binary.fromString("[1,[2,[3]]]")));
    }

    /** INT96 timestamps between 1970 and 2100: nanoseconds of the day, then the Julian day, little-endian. */
    static Domain int96() {
        Function<Random, Object> random =
                r -> int96(Math.floorMod(r.nextLong(), NANOS_PER_DAY), JULIAN_DAY_OF_EPOCH + r.nextInt(47_000));
        return new Domain(
                random,
                i -> int96((i * 1_000_000_000L) % NANOS_PER_DAY, JULIAN_DAY_OF_EPOCH + 20_000 + (int) (i / 86_400)),
                List.of(int96(0, JULIAN_DAY_OF_EPOCH), int96(NANOS_PER_DAY - 1000, JULIAN_DAY_OF_EPOCH + 10_000)));
    }

    private static Binary int96(long nanosOfDay, int julianDay) {
        ByteBuffer buffer = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        return binary(buffer.putLong(nanosOfDay).putInt(julianDay).array());
    }

    /** Decimals as big-endian two's complement in {@code length} bytes, unscaled values within ±{@code bound}. */
    static Domain fixedDecimal(int length, long bound) {
        return new Domain(
                random -> binary(bigEndian(random.nextLong() % bound, length)),
                i -> binary(bigEndian(i * 11 - 500, length)),
                List.of(
                        binary(bigEndian(bound, length)),
                        binary(bigEndian(-bound, length)),
                        binary(bigEndian(0, length))));
    }

    /** Decimals as big-endian two's complement in as many bytes as they need, or sometimes one more. */
    static Domain binaryDecimal(long bound) {
        return new Domain(
                random -> binary(shortest(random.nextLong() % bound, random.nextInt(8) == 0 ? 1 : 0)),
                i -> binary(shortest(i * 11 - 500, 0)),
                List.of(binary(shortest(bound, 0)), binary(shortest(-bound, 0)), binary(shortest(0, 0))));
    }

    private static byte[] shortest(long unscaled, int padding) {
        byte[] bytes = BigInteger.valueOf(unscaled).toByteArray();
        return bigEndian(unscaled, bytes.length + padding);
    }

    private static byte[] bigEndian(long value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int shift = Math.min(8 * (length - 1 - i), 63);
            bytes[i] = (byte) (8 * (length - 1 - i) > 63 ? value >> 63 : value >> shift);
        }
        return bytes;
    }

    private static byte[] someBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static Binary binary(byte[] bytes) {
        return Binary.fromConstantByteArray(bytes);
    }
}
