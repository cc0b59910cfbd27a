package io.glulam.cli.demo;

import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.shape.TargetField;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** The columns of the demonstration's file: page views of a shop. */
final class DemoColumns {
    private static final String[] COUNTRIES = {
        "DE", "FR", "US", "GB", "ES", "IT", "NL", "PL", "SE", "AT", "CH", "BE", "DK", "NO", "FI", "PT", "CZ", "IE",
        "GR", "HU", "RO", "BG", "HR", "SK", "SI", "EE", "LV", "LT", "LU", "MT", "JP", "BR", "CA", "AU", "IN", "MX"
    };
    private static final String[] TAGS = {
        "new", "sale", "returning", "mobile", "desktop", "newsletter", "search", "ad", "partner", "gift", "bulk", "test"
    };
    private static final String[] SECTIONS = {"product", "category", "cart", "help", "account", "search", "offer"};
    private static final int USERS = 60_000;
    private static final int PATHS = 3_000;
    private static final int PRICES = 2_500;

    /** A {@code TimeUnit} of the specification. */
    private static final int MICROS = 2;

    private DemoColumns() {}

    /** Returns the columns in the order of the schema. */
    static List<DemoColumn> all() {
        byte[][] countries = pool(COUNTRIES.length, i -> utf8(COUNTRIES[i]));
        byte[][] tags = pool(TAGS.length, i -> utf8(TAGS[i]));
        byte[][] paths = pool(PATHS, DemoColumns::path);
        byte[][] prices = pool(PRICES, i -> longBytes(99L + 37L * i));
        byte[][] users = pool(USERS, DemoColumns::user);
        return List.of(
                plain(required("id", PhysicalType.INT64), (row, out) -> out.add(longBytes(row.number()))),
                plain(
                        required("timestamp", PhysicalType.INT64).as(LogicalType.timestamp(true, MICROS)),
                        (row, out) -> out.add(longBytes(row.micros()))),
                dictionary(required("user", PhysicalType.INT32), (row, out) -> out.add(users[row.skewed(USERS)])),
                dictionary(text("country"), (row, out) -> out.add(countries[row.skewed(countries.length)])),
                dictionary(text("path"), (row, out) -> out.add(paths[row.skewed(PATHS)])),
                plain(TargetField.leaf("amount", PhysicalType.DOUBLE), DemoColumns::addAmount),
                dictionary(
                        required("price", PhysicalType.INT64).as(LogicalType.decimal(12, 2)),
                        (row, out) -> out.add(prices[row.any(PRICES)])),
                plain(text("session"), (row, out) -> out.add(session(row))),
                dictionary(TargetField.list("tags", text("element")), (row, out) -> addTags(tags, row, out)));
    }

    private static TargetField required(String name, PhysicalType type) {
        return TargetField.leaf(name, type).required();
    }

    private static TargetField text(String name) {
        return required(name, PhysicalType.BYTE_ARRAY).as(LogicalType.string());
    }

    private static DemoColumn plain(TargetField field, DemoColumn.Values values) {
        return new DemoColumn(field, false, values);
    }

    private static DemoColumn dictionary(TargetField field, DemoColumn.Values values) {
        return new DemoColumn(field, true, values);
    }

    private static void addAmount(DemoRow row, DemoTriplets out) {
        if (row.percent(30)) {
            out.add(longBytes(Double.doubleToLongBits(row.any(1_000_000) / 100.0)));
        } else {
            out.addMissing(0);
        }
    }

    private static void addTags(byte[][] tags, DemoRow row, DemoTriplets out) {
        if (row.percent(10)) {
            out.addMissing(0);
            return;
        }
        int count = row.any(4);
        if (count == 0) {
            out.addMissing(1);
        }
        for (int i = 0; i < count; i++) {
            out.add(i == 0 ? 0 : 1, tags[row.any(tags.length)]);
        }
    }

    private static byte[] session(DemoRow row) {
        return utf8(HexFormat.of().toHexDigits(row.bits()) + HexFormat.of().toHexDigits(row.bits()));
    }

    private static byte[] path(int number) {
        return utf8(String.format(Locale.ROOT, "/%s/%05d", SECTIONS[number % SECTIONS.length], number * 17));
    }

    private static byte[] user(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1_000_000 + 13 * number)
                .array();
    }

    private static byte[][] pool(int size, IntFunction<byte[]> value) {
        byte[][] pool = new byte[size][];
        for (int i = 0; i < size; i++) {
            pool[i] = value.apply(i);
        }
        return pool;
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] utf8(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
