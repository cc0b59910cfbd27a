package io.glulam.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.glulam.decode.ListPageStream;
import io.glulam.decode.TripletReader;
import io.glulam.format.ConvertedType;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import io.glulam.format.SortOrder;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.parquet.example.data.simple.NanoTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("once")
class LogicalValuesTest {
    private static final LogicalType STRING = LogicalType.string();
    private static final LogicalType UUID_TYPE = LogicalType.of(LogicalType.UUID);
    private static final LogicalType FLOAT16 = LogicalType.of(LogicalType.FLOAT16);
    /** A type of a later version of the specification. */
    private static final LogicalType LATER = LogicalType.of(99);

    private static Object value(
            PhysicalType type,
            @Nullable LogicalType logical,
            @Nullable ConvertedType converted,
            int scale,
            byte[] plain) {
        boolean fixed = type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
        SchemaNode node = leaf(type, fixed ? plain.length : 0, logical, converted, scale);
        byte[] page = type == PhysicalType.BYTE_ARRAY
                ? ByteBuffer.allocate(4 + plain.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(plain.length)
                        .put(plain)
                        .array()
                : plain;
        try (TripletReader triplets = triplets(node, page, 1)) {
            assertThat(triplets.next()).isTrue();
            return LogicalValues.of(node).of(triplets);
        }
    }

    private static SchemaNode leaf(
            PhysicalType type,
            int length,
            @Nullable LogicalType logical,
            @Nullable ConvertedType converted,
            int scale) {
        return new SchemaNode(
                "c",
                Repetition.REQUIRED,
                type,
                length,
                logical,
                converted == null ? -1 : converted.ordinal(),
                scale,
                0,
                null,
                0,
                List.of());
    }

    private static TripletReader triplets(SchemaNode node, byte[] page, int values) {
        Leaf leaf = new Leaf(0, List.of("c"), node.type(), node.typeLength(), 0, 0, SortOrder.NONE);
        PageHeader header = PageHeader.dataPage(page.length, page.length, values, Encoding.PLAIN.value());
        PageStream.Page only = new PageStream.Page(header, page, 0, page.length, 0);
        return new TripletReader(leaf, new ListPageStream(List.of(only)), null);
    }

    private static Object int32(LogicalType logical, int value) {
        return value(PhysicalType.INT32, logical, null, 0, littleEndian(value));
    }

    private static Object int64(LogicalType logical, long value) {
        return value(PhysicalType.INT64, logical, null, 0, littleEndian(value));
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    /** Type, value, and what it means; of INT32. */
    static Stream<Arguments> ofFourBytes() {
        return Stream.of(
                arguments(null, -7, -7),
                arguments(LogicalType.date(), 0, LocalDate.EPOCH),
                arguments(LogicalType.date(), -1, LocalDate.of(1969, 12, 31)),
                arguments(LogicalType.date(), Integer.MAX_VALUE, LocalDate.of(5_881_580, 7, 11)),
                arguments(LogicalType.date(), Integer.MIN_VALUE, LocalDate.of(-5_877_641, 6, 23)),
                arguments(LogicalType.time(true, 1), 0, LocalTime.MIDNIGHT),
                arguments(LogicalType.time(false, 1), 86_399_999, LocalTime.of(23, 59, 59, 999_000_000)),
                // No time of day: the number stays.
                arguments(LogicalType.time(false, 1), 86_400_000, 86_400_000),
                arguments(LogicalType.time(false, 1), -1, -1),
                arguments(LogicalType.time(false, 7), 5, 5),
                arguments(LogicalType.decimal(9, 2), -1, new BigDecimal("-0.01")),
                arguments(LogicalType.decimal(9, 0), 0, BigDecimal.ZERO),
                arguments(LogicalType.decimal(9, 9), Integer.MIN_VALUE, new BigDecimal("-2.147483648")),
                arguments(LogicalType.integer(8, true), -128, -128),
                arguments(LogicalType.integer(32, true), -1, -1),
                arguments(LogicalType.integer(8, false), 255, 255L),
                arguments(LogicalType.integer(32, false), -1, 4_294_967_295L),
                arguments(LogicalType.integer(32, false), Integer.MIN_VALUE, 2_147_483_648L),
                arguments(STRING, 65, 65),
                arguments(LATER, 65, 65));
    }

    @ParameterizedTest
    @MethodSource("ofFourBytes")
    void anIntIsWhatItsLogicalTypeMeans(@Nullable LogicalType type, int value, Object meant) {
        assertThat(int32(type, value)).isEqualTo(meant);
    }

    /** Of INT64. */
    static Stream<Arguments> ofEightBytes() {
        return Stream.of(
                arguments(null, Long.MIN_VALUE, Long.MIN_VALUE),
                arguments(LogicalType.time(true, 2), 86_399_999_999L, LocalTime.of(23, 59, 59, 999_999_000)),
                arguments(LogicalType.time(true, 3), 86_399_999_999_999L, LocalTime.of(23, 59, 59, 999_999_999)),
                arguments(LogicalType.time(true, 3), 86_400_000_000_000L, 86_400_000_000_000L),
                arguments(LogicalType.time(true, 2), Long.MAX_VALUE, Long.MAX_VALUE),
                arguments(LogicalType.time(true, 2), Long.MIN_VALUE, Long.MIN_VALUE),
                arguments(LogicalType.timestamp(true, 1), -1L, Instant.parse("1969-12-31T23:59:59.999Z")),
                arguments(LogicalType.timestamp(true, 2), -1L, Instant.parse("1969-12-31T23:59:59.999999Z")),
                arguments(LogicalType.timestamp(true, 3), -1L, Instant.parse("1969-12-31T23:59:59.999999999Z")),
                arguments(LogicalType.timestamp(false, 3), 1L, LocalDateTime.parse("1970-01-01T00:00:00.000000001")),
                arguments(LogicalType.timestamp(false, 1), -1L, LocalDateTime.parse("1969-12-31T23:59:59.999")),
                arguments(
                        LogicalType.timestamp(true, 3),
                        Long.MIN_VALUE,
                        Instant.parse("1677-09-21T00:12:43.145224192Z")),
                arguments(
                        LogicalType.timestamp(true, 3),
                        Long.MAX_VALUE,
                        Instant.parse("2262-04-11T23:47:16.854775807Z")),
                arguments(LogicalType.timestamp(true, 1), Long.MAX_VALUE, Instant.ofEpochMilli(Long.MAX_VALUE)),
                arguments(LogicalType.timestamp(true, 1), Long.MIN_VALUE, Instant.ofEpochMilli(Long.MIN_VALUE)),
                // A local time has a smaller range of years.
                arguments(
                        LogicalType.timestamp(false, 1),
                        Long.MAX_VALUE,
                        LocalDateTime.parse("+292278994-08-17T07:12:55.807")),
                arguments(LogicalType.timestamp(true, 0), 5L, 5L),
                arguments(LogicalType.timestamp(false, 4), 5L, 5L),
                arguments(LogicalType.date(), Long.MAX_VALUE, Long.MAX_VALUE),
                arguments(LogicalType.decimal(18, 18), -1L, new BigDecimal("-0.000000000000000001")),
                arguments(LogicalType.decimal(18, -2), 5L, new BigDecimal("5E+2")),
                arguments(LogicalType.integer(64, true), -1L, -1L),
                arguments(LogicalType.integer(64, false), -1L, new BigInteger("18446744073709551615")),
                arguments(LogicalType.integer(64, false), Long.MIN_VALUE, new BigInteger("9223372036854775808")),
                arguments(LogicalType.integer(64, false), 7L, BigInteger.valueOf(7)));
    }

    @ParameterizedTest
    @MethodSource("ofEightBytes")
    void aLongIsWhatItsLogicalTypeMeans(@Nullable LogicalType type, long value, Object meant) {
        assertThat(int64(type, value)).isEqualTo(meant);
    }

    /** Converted type, physical type, PLAIN value, meaning. */
    static Stream<Arguments> converted() {
        return Stream.of(
                arguments(ConvertedType.DATE, PhysicalType.INT32, littleEndian(1), LocalDate.of(1970, 1, 2)),
                arguments(
                        ConvertedType.TIME_MILLIS,
                        PhysicalType.INT32,
                        littleEndian(1),
                        LocalTime.of(0, 0, 0, 1_000_000)),
                arguments(
                        ConvertedType.TIME_MICROS, PhysicalType.INT64, littleEndian(1L), LocalTime.of(0, 0, 0, 1_000)),
                arguments(
                        ConvertedType.TIMESTAMP_MILLIS, PhysicalType.INT64, littleEndian(1L), Instant.ofEpochMilli(1)),
                arguments(
                        ConvertedType.TIMESTAMP_MICROS,
                        PhysicalType.INT64,
                        littleEndian(-1L),
                        Instant.parse("1969-12-31T23:59:59.999999Z")),
                arguments(ConvertedType.DECIMAL, PhysicalType.INT32, littleEndian(-105), new BigDecimal("-1.05")),
                arguments(ConvertedType.DECIMAL, PhysicalType.INT64, littleEndian(105L), new BigDecimal("1.05")),
                arguments(ConvertedType.DECIMAL, PhysicalType.BYTE_ARRAY, new byte[] {-1}, new BigDecimal("-0.01")),
                arguments(
                        ConvertedType.DECIMAL,
                        PhysicalType.FIXED_LEN_BYTE_ARRAY,
                        new byte[] {1, 0},
                        new BigDecimal("2.56")),
                arguments(ConvertedType.UINT_8, PhysicalType.INT32, littleEndian(200), 200L),
                arguments(ConvertedType.UINT_32, PhysicalType.INT32, littleEndian(-2), 4_294_967_294L),
                arguments(
                        ConvertedType.UINT_64,
                        PhysicalType.INT64,
                        littleEndian(-2L),
                        new BigInteger("18446744073709551614")),
                arguments(ConvertedType.INT_8, PhysicalType.INT32, littleEndian(-2), -2),
                arguments(ConvertedType.INT_64, PhysicalType.INT64, littleEndian(-2L), -2L),
                arguments(ConvertedType.UTF8, PhysicalType.BYTE_ARRAY, new byte[] {'a'}, "a"),
                arguments(ConvertedType.ENUM, PhysicalType.BYTE_ARRAY, new byte[] {'a'}, "a"),
                arguments(ConvertedType.JSON, PhysicalType.BYTE_ARRAY, new byte[] {'1'}, "1"),
                arguments(ConvertedType.BSON, PhysicalType.BYTE_ARRAY, new byte[] {'1'}, new byte[] {'1'}),
                arguments(ConvertedType.INTERVAL, PhysicalType.FIXED_LEN_BYTE_ARRAY, new byte[12], new byte[12]));
    }

    @ParameterizedTest
    @MethodSource("converted")
    void aConvertedTypeMeansTheSame(ConvertedType converted, PhysicalType type, byte[] plain, Object meant) {
        assertThat(value(type, null, converted, 2, plain)).isEqualTo(meant);
    }

    @Test
    void aLogicalTypeWinsOverAConvertedOne() {
        assertThat(value(
                        PhysicalType.INT64,
                        LogicalType.timestamp(false, 1),
                        ConvertedType.TIMESTAMP_MICROS,
                        0,
                        littleEndian(1L)))
                .isEqualTo(LocalDateTime.parse("1970-01-01T00:00:00.001"));
        assertThat(value(PhysicalType.INT32, LogicalType.decimal(9, 1), ConvertedType.DECIMAL, 4, littleEndian(15)))
                .isEqualTo(new BigDecimal("1.5"));
    }

    @Test
    void decimalsOfBytesAreBigEndianAndOfAnyLength() {
        byte[] many = new byte[40];
        many[0] = -128;
        assertThat(value(PhysicalType.BYTE_ARRAY, LogicalType.decimal(9, 2), null, 0, new byte[] {0, 0, -128}))
                .isEqualTo(new BigDecimal("1.28"));
        assertThat(value(PhysicalType.FIXED_LEN_BYTE_ARRAY, LogicalType.decimal(90, 3), null, 0, many))
                .isEqualTo(new BigDecimal(BigInteger.ONE.shiftLeft(319).negate(), 3));
    }

    @Test
    void aDecimalOfNoBytesIsNone() {
        SchemaNode node = leaf(PhysicalType.BYTE_ARRAY, 0, LogicalType.decimal(9, 2), null, 0);
        // Lengths 0, 1, 0: after the first value lies a negative byte, after the last one nothing.
        byte[] page = {0, 0, 0, 0, 1, 0, 0, 0, -1, 0, 0, 0, 0};
        try (TripletReader triplets = triplets(node, page, 3)) {
            for (Object wanted : new Object[] {new byte[0], new BigDecimal("-0.01"), new byte[0]}) {
                assertThat(triplets.next()).isTrue();
                assertThat(LogicalValues.of(node).of(triplets)).isEqualTo(wanted);
            }
        }
    }

    @Test
    void textsAndOtherBytes() {
        byte[] text = "\u00e4\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        assertThat(value(PhysicalType.BYTE_ARRAY, STRING, null, 0, text)).isEqualTo("\u00e4\ud83d\ude00");
        assertThat(value(PhysicalType.BYTE_ARRAY, STRING, null, 0, new byte[] {'a', -1}))
                .isEqualTo("a\ufffd");
        assertThat(value(PhysicalType.BYTE_ARRAY, STRING, null, 0, new byte[0])).isEqualTo("");
        assertThat(value(PhysicalType.BYTE_ARRAY, null, null, 0, new byte[] {1}))
                .isEqualTo(new byte[] {1});
        assertThat(value(PhysicalType.BYTE_ARRAY, LogicalType.of(LogicalType.BSON), null, 0, new byte[] {1}))
                .isEqualTo(new byte[] {1});
        assertThat(value(PhysicalType.FIXED_LEN_BYTE_ARRAY, null, null, 0, new byte[] {1, 2}))
                .isEqualTo(new byte[] {1, 2});
    }

    @Test
    void aUuidHasSixteenBytes() {
        UUID id = UUID.fromString("f0112233-4455-6677-8899-aabbccddeeff");
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        assertThat(value(PhysicalType.FIXED_LEN_BYTE_ARRAY, UUID_TYPE, null, 0, bytes))
                .isEqualTo(id);
        assertThat(value(PhysicalType.BYTE_ARRAY, UUID_TYPE, null, 0, new byte[15]))
                .isEqualTo(new byte[15]);
    }

    @Test
    void allNumbersOfHalfPrecisionAreWhatIeee754Says() {
        int count = 1 << 16;
        ByteBuffer page = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits = 0; bits < count; bits++) {
            page.putShort((short) bits);
        }
        SchemaNode node = leaf(PhysicalType.FIXED_LEN_BYTE_ARRAY, 2, FLOAT16, null, 0);
        try (TripletReader triplets = triplets(node, page.array(), count)) {
            for (int bits = 0; bits < count; bits++) {
                assertThat(triplets.next()).isTrue();
                assertThat(LogicalValues.of(node).of(triplets))
                        .as("bits %x", bits)
                        .isEqualTo(half(bits));
            }
        }
        assertThat(value(PhysicalType.BYTE_ARRAY, FLOAT16, null, 0, new byte[3]))
                .isEqualTo(new byte[3]);
    }

    private static float half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        double fraction = (bits & 0x3ff) / 1024.0;
        double size = exponent == 0 ? fraction * Math.pow(2, -14) : (1 + fraction) * Math.pow(2, exponent - 15);
        if (exponent == 0x1f) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return (float) ((bits & 0x8000) == 0 ? size : -size);
    }

    @Test
    void floatingPointNumbersKeepTheirBits() {
        float odd = Float.intBitsToFloat(0xffc00001);
        Object found = value(PhysicalType.FLOAT, null, null, 0, littleEndian(Float.floatToRawIntBits(odd)));
        assertThat(Float.floatToRawIntBits((Float) found)).isEqualTo(0xffc00001);
        assertThat(value(PhysicalType.DOUBLE, null, null, 0, littleEndian(Long.MIN_VALUE)))
                .isEqualTo(-0.0);
        assertThat(value(PhysicalType.BOOLEAN, null, null, 0, new byte[] {1})).isEqualTo(true);
        assertThat(value(PhysicalType.BOOLEAN, null, null, 0, new byte[] {2})).isEqualTo(false);
    }

    @Test
    void oldTimestampsAreNanosecondsOfAJulianDay() {
        assertThat(int96(2_440_588, 0)).isEqualTo(LocalDateTime.parse("1970-01-01T00:00:00"));
        assertThat(int96(2_440_587, 86_399_999_999_999L))
                .isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999999999"));
        assertThat(int96(0, 0)).isEqualTo(LocalDateTime.parse("-4713-11-24T00:00:00"));
        // Some writers let the nanoseconds run over, or count down.
        assertThat(int96(2_440_588, 86_400_000_000_000L)).isEqualTo(LocalDateTime.parse("1970-01-02T00:00:00"));
        assertThat(int96(2_440_588, -1)).isEqualTo(LocalDateTime.parse("1969-12-31T23:59:59.999999999"));
        assertThat(int96(Integer.MIN_VALUE, Long.MIN_VALUE)).isInstanceOf(LocalDateTime.class);
        assertThat(int96(Integer.MAX_VALUE, Long.MAX_VALUE)).isInstanceOf(LocalDateTime.class);
    }

    private static Object int96(int day, long nanos) {
        return value(
                PhysicalType.INT96,
                null,
                null,
                0,
                new NanoTime(day, nanos).toBinary().getBytes());
    }
}
