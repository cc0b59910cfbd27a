package io.glulam.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each type of Parquet, written by parquet-java and read by Arrow's own reader: its type, a null, and values at its ends. */
class TypesTest {
    @TempDir
    Path folder;

    private final List<String> declarations = new ArrayList<>();
    private final List<Object[]> values = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    /** A column of a null and two values. */
    private void column(String declaration, String type, Object first, String firstText, Object second, String text) {
        String name = "c" + declarations.size();
        declarations.add("optional " + declaration.replace("@", name) + ";");
        values.add(new Object[] {null, first, second});
        types.add(type);
        texts.add("null | " + firstText + " | " + text);
    }

    @Test
    void numbers() throws Exception {
        column("boolean @", "Bool", true, "true", false, "false");
        column("int32 @ (INTEGER(8,true))", "Int(8, true)", -128, "-128", 127, "127");
        column("int32 @ (INTEGER(16,true))", "Int(16, true)", -32_768, "-32768", 32_767, "32767");
        column("int32 @", "Int(32, true)", Integer.MIN_VALUE, "-2147483648", Integer.MAX_VALUE, "2147483647");
        column("int64 @", "Int(64, true)", Long.MIN_VALUE, "-9223372036854775808", 7L, "7");
        column("int32 @ (INTEGER(8,false))", "Int(8, false)", 0, "0", 255, "255");
        column("int32 @ (INTEGER(16,false))", "Int(16, false)", 1, "1", 65_535, "65535");
        column("int32 @ (INTEGER(32,false))", "Int(32, false)", -1, "4294967295", 1, "1");
        column("int64 @ (INTEGER(64,false))", "Int(64, false)", -1L, "18446744073709551615", 1L, "1");
        column("float @", "FloatingPoint(SINGLE)", Float.NaN, "NaN", -0f, "-0.0");
        column("double @", "FloatingPoint(DOUBLE)", Double.MIN_VALUE, "4.9E-324", -0d, "-0.0");
        column(
                "fixed_len_byte_array(2) @ (FLOAT16)",
                "FloatingPoint(HALF)",
                hex("003c"),
                "1.0",
                hex("ff7b"),
                "65504.0");
        check();
    }

    @Test
    void decimals() throws Exception {
        column("int32 @ (DECIMAL(9,2))", "Decimal(9, 2, 128)", -1_234, "-12.34", 999_999_999, "9999999.99");
        column("int64 @ (DECIMAL(18,4))", "Decimal(18, 4, 128)", -1L, "-0.0001", 1L << 40, "109951162.7776");
        column(
                "fixed_len_byte_array(16) @ (DECIMAL(38,0))",
                "Decimal(38, 0, 128)",
                hex("ffffffffffffffffffffffffffffff00"),
                "-256",
                hex("4b3b4ca85a86c47a098a223fffffffff"),
                "99999999999999999999999999999999999999");
        column("binary @ (DECIMAL(20,3))", "Decimal(20, 3, 128)", hex("ff80"), "-0.128", hex("0080"), "0.128");
        // More bytes than needed, of which the first repeat the sign.
        column(
                "binary @ (DECIMAL(5,0))",
                "Decimal(5, 0, 128)",
                hex("ff".repeat(20) + "fe"),
                "-2",
                hex("00".repeat(19) + "ff"),
                "255");
        column(
                "fixed_len_byte_array(32) @ (DECIMAL(76,1))",
                "Decimal(76, 1, 256)",
                hex("ff".repeat(32)),
                "-0.1",
                hex("00".repeat(30) + "0100"),
                "25.6");
        check();
    }

    @Test
    void datesAndTimes() throws Exception {
        column("int32 @ (DATE)", "Date(DAY)", -1, "1969-12-31", 20_000, "2024-10-04");
        column("int32 @ (TIME(MILLIS,true))", "Time(MILLISECOND, 32)", 0, "00:00", 86_399_999, "23:59:59.999");
        column("int64 @ (TIME(MICROS,false))", "Time(MICROSECOND, 64)", 1L, "00:00:00.000001", 60_000_000L, "00:01");
        column("int64 @ (TIME(NANOS,true))", "Time(NANOSECOND, 64)", 1L, "00:00:00.000000001", 0L, "00:00");
        for (boolean utc : new boolean[] {true, false}) {
            String zone = utc ? "UTC" : "null";
            String mark = utc ? "Z" : "";
            column(
                    "int64 @ (TIMESTAMP(MILLIS," + utc + "))",
                    "Timestamp(MILLISECOND, " + zone + ")",
                    -1L,
                    "1969-12-31T23:59:59.999" + mark,
                    0L,
                    "1970-01-01T00:00" + mark);
            column(
                    "int64 @ (TIMESTAMP(MICROS," + utc + "))",
                    "Timestamp(MICROSECOND, " + zone + ")",
                    -1L,
                    "1969-12-31T23:59:59.999999" + mark,
                    1L,
                    "1970-01-01T00:00:00.000001" + mark);
            column(
                    "int64 @ (TIMESTAMP(NANOS," + utc + "))",
                    "Timestamp(NANOSECOND, " + zone + ")",
                    -1L,
                    "1969-12-31T23:59:59.999999999" + mark,
                    1L,
                    "1970-01-01T00:00:00.000000001" + mark);
        }
        column(
                "int96 @",
                "Timestamp(NANOSECOND, null)",
                int96(2_440_587, 86_399_999_999_999L),
                "1969-12-31T23:59:59.999999999",
                int96(2_460_000, 0),
                "2023-02-24T00:00");
        column(
                "fixed_len_byte_array(12) @ (INTERVAL)",
                "Interval(MONTH_DAY_NANO)",
                hex("010000000200000003000000"),
                "P1M2D PT0.003S",
                hex("ffffff7f00000000ffffffff"),
                "P2147483647M PT1193H2M47.295S");
        check();
    }

    @Test
    void bytes() throws Exception {
        Binary text = Binary.fromString("ä\n");
        column("binary @ (STRING)", "Utf8", text, "ä\n", Binary.EMPTY, "");
        column("binary @ (JSON)", "Utf8", Binary.fromString("{\"a\":1}"), "{\"a\":1}", Binary.fromString("[]"), "[]");
        column("binary @ (ENUM)", "Binary", Binary.fromString("RED"), ArrowText.hex("RED"), text, ArrowText.hex("ä\n"));
        column("binary @ (BSON)", "Binary", hex("00ff"), "0x00ff", Binary.EMPTY, "0x");
        column("binary @", "Binary", hex("ff"), "0xff", Binary.EMPTY, "0x");
        column("fixed_len_byte_array(3) @", "FixedSizeBinary(3)", hex("0102ff"), "0x0102ff", hex("000000"), "0x000000");
        column(
                "fixed_len_byte_array(16) @ (UUID)",
                "FixedSizeBinary(16)",
                hex("00112233445566778899aabbccddeeff"),
                "0x00112233445566778899aabbccddeeff",
                hex("ff".repeat(16)),
                "0x" + "ff".repeat(16));
        column("int32 @ (UNKNOWN)", "Null", null, "null", null, "null");
        check();
    }

    private void check() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m {" + String.join(" ", declarations) + "}");
        List<Group> rows = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            Group group = new SimpleGroup(schema);
            for (int column = 0; column < values.size(); column++) {
                add(group, column, values.get(column)[row]);
            }
            rows.add(group);
        }

        Streams read = Streams.of(Streams.write(folder.resolve("t.parquet"), schema, rows));

        assertThat(read.fields().stream().map(Field::getType).map(Object::toString))
                .containsExactlyElementsOf(types);
        List<String> found = new ArrayList<>();
        for (int column = 0; column < values.size(); column++) {
            int index = column;
            found.add(String.join(
                    " | ", read.rows().stream().map(row -> row.get(index)).toList()));
        }
        assertThat(found).containsExactlyElementsOf(texts);
    }

    private static void add(Group group, int column, Object value) {
        String name = "c" + column;
        if (value instanceof Boolean truth) {
            group.add(name, truth);
        } else if (value instanceof Integer number) {
            group.add(name, number);
        } else if (value instanceof Long number) {
            group.add(name, number);
        } else if (value instanceof Float number) {
            group.add(name, number);
        } else if (value instanceof Double number) {
            group.add(name, number);
        } else if (value instanceof Binary bytes) {
            group.add(name, bytes);
        }
    }

    private static Binary hex(String digits) {
        return Binary.fromConstantByteArray(HexFormat.of().parseHex(digits));
    }

    private static Binary int96(int day, long nanos) {
        return Binary.fromConstantByteArray(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(nanos)
                .putInt(day)
                .array());
    }
}
