package io.glulam.cli.demo;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
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

    private DemoColumns() {}

    /** In schema order, as {@link DemoSchema} declares them. */
    static List<DemoColumn> all() {
        byte[][] countries = pool(COUNTRIES.length, i -> text(COUNTRIES[i]));
        byte[][] tags = pool(TAGS.length, i -> text(TAGS[i]));
        byte[][] paths = pool(PATHS, DemoColumns::path);
        byte[][] prices = pool(PRICES, i -> longBytes(99L + 37L * i));
        byte[][] users = pool(USERS, DemoColumns::user);
        return List.of(
                plain("id", PhysicalType.INT64, 0, (row, chunk) -> chunk.add(longBytes(row.number()))),
                plain("timestamp", PhysicalType.INT64, 0, (row, chunk) -> chunk.add(longBytes(row.micros()))),
                dictionary("user", PhysicalType.INT32, (row, chunk) -> chunk.add(users[row.skewed(USERS)])),
                dictionary(
                        "country",
                        PhysicalType.BYTE_ARRAY,
                        (row, chunk) -> chunk.add(countries[row.skewed(countries.length)])),
                dictionary("path", PhysicalType.BYTE_ARRAY, (row, chunk) -> chunk.add(paths[row.skewed(PATHS)])),
                plain("amount", PhysicalType.DOUBLE, 1, DemoColumns::addAmount),
                dictionary("price", PhysicalType.INT64, (row, chunk) -> chunk.add(prices[row.any(PRICES)])),
                plain("session", PhysicalType.BYTE_ARRAY, 0, (row, chunk) -> chunk.add(session(row))),
                new DemoColumn(
                        List.of("tags", "list", "element"),
                        PhysicalType.BYTE_ARRAY,
                        1,
                        2,
                        Encoding.RLE_DICTIONARY,
                        (row, chunk) -> addTags(tags, row, chunk)));
    }

    private static DemoColumn plain(String name, PhysicalType type, int maxLevel, DemoColumn.Values values) {
        return new DemoColumn(List.of(name), type, 0, maxLevel, Encoding.PLAIN, values);
    }

    private static DemoColumn dictionary(String name, PhysicalType type, DemoColumn.Values values) {
        return new DemoColumn(List.of(name), type, 0, 0, Encoding.RLE_DICTIONARY, values);
    }

    private static void addAmount(DemoRow row, ChunkBuilder chunk) {
        if (row.percent(30)) {
            chunk.add(longBytes(Double.doubleToLongBits(row.any(1_000_000) / 100.0)));
        } else {
            chunk.addMissing(0);
        }
    }

    private static void addTags(byte[][] tags, DemoRow row, ChunkBuilder chunk) {
        if (row.percent(10)) {
            chunk.addMissing(0);
            return;
        }
        int count = row.any(4);
        if (count == 0) {
            chunk.addMissing(1);
        }
        for (int i = 0; i < count; i++) {
            chunk.add(i == 0 ? 0 : 1, tags[row.any(tags.length)]);
        }
    }

    private static byte[] session(DemoRow row) {
        return text(HexFormat.of().toHexDigits(row.bits()) + HexFormat.of().toHexDigits(row.bits()));
    }

    private static byte[] path(int number) {
        return text(String.format(Locale.ROOT, "/%s/%05d", SECTIONS[number % SECTIONS.length], number * 17));
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

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
