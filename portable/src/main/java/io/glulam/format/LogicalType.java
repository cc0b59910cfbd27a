package io.glulam.format;

import org.jspecify.annotations.Nullable;

/**
 * The specification's {@code LogicalType} union with the parameters that matter to order and to people.
 *
 * @param id the union's field id, one of the constants here; another one for a type that this version does not know
 * @param scale of a DECIMAL; 0 otherwise
 * @param precision of a DECIMAL; 0 otherwise
 * @param bitWidth of an INTEGER; 0 otherwise
 * @param signed of an INTEGER; false otherwise
 * @param adjustedToUtc of a TIME or TIMESTAMP; false otherwise
 * @param unit field id in the {@code TimeUnit} union of a TIME or TIMESTAMP: 1 milliseconds, 2 microseconds, 3
 *     nanoseconds; 0 otherwise
 * @param crs coordinate reference system of a GEOMETRY or GEOGRAPHY; null otherwise, or if it is the default one
 * @param algorithm of the edges of a GEOGRAPHY, the value of the specification's enumeration; -1 if absent or otherwise
 */
public record LogicalType(
        int id,
        int scale,
        int precision,
        int bitWidth,
        boolean signed,
        boolean adjustedToUtc,
        int unit,
        @Nullable String crs,
        int algorithm) {
    public static final int STRING = 1;
    public static final int MAP = 2;
    public static final int LIST = 3;
    public static final int ENUM = 4;
    public static final int DECIMAL = 5;
    public static final int DATE = 6;
    public static final int TIME = 7;
    public static final int TIMESTAMP = 8;
    public static final int INTEGER = 10;
    public static final int UNKNOWN = 11;
    public static final int JSON = 12;
    public static final int BSON = 13;
    public static final int UUID = 14;
    public static final int FLOAT16 = 15;
    public static final int VARIANT = 16;
    public static final int GEOMETRY = 17;
    public static final int GEOGRAPHY = 18;

    private static final String[] NAMES = {
        "",
        "STRING",
        "MAP",
        "LIST",
        "ENUM",
        "DECIMAL",
        "DATE",
        "TIME",
        "TIMESTAMP",
        "",
        "INTEGER",
        "NULL",
        "JSON",
        "BSON",
        "UUID",
        "FLOAT16",
        "VARIANT",
        "GEOMETRY",
        "GEOGRAPHY"
    };
    private static final String[] UNITS = {"", "MILLIS", "MICROS", "NANOS"};

    public LogicalType(
            int id, int scale, int precision, int bitWidth, boolean signed, boolean adjustedToUtc, int unit) {
        this(id, scale, precision, bitWidth, signed, adjustedToUtc, unit, null, -1);
    }

    /** Returns a type without parameters: its id is one of the constants here. */
    public static LogicalType of(int id) {
        return simple(id);
    }

    /** Returns the type of UTF-8 strings. */
    public static LogicalType string() {
        return simple(STRING);
    }

    /** Returns the type of dates. */
    public static LogicalType date() {
        return simple(DATE);
    }

    /** Returns the type of decimals of {@code precision} digits, {@code scale} of them after the point. */
    public static LogicalType decimal(int precision, int scale) {
        return new LogicalType(DECIMAL, scale, precision, 0, false, false, 0);
    }

    /**
     * Returns the type of times of day.
     *
     * @param unit 1 milliseconds, 2 microseconds, 3 nanoseconds
     */
    public static LogicalType time(boolean adjustedToUtc, int unit) {
        return new LogicalType(TIME, 0, 0, 0, false, adjustedToUtc, unit);
    }

    /**
     * Returns the type of timestamps.
     *
     * @param unit 1 milliseconds, 2 microseconds, 3 nanoseconds
     */
    public static LogicalType timestamp(boolean adjustedToUtc, int unit) {
        return new LogicalType(TIMESTAMP, 0, 0, 0, false, adjustedToUtc, unit);
    }

    /** Returns the type of integers of {@code bitWidth} bits. */
    public static LogicalType integer(int bitWidth, boolean signed) {
        return new LogicalType(INTEGER, 0, 0, bitWidth, signed, false, 0);
    }

    /**
     * Returns the type of geometries.
     *
     * @param crs coordinate reference system; null for none in the file, which means the specification's default
     */
    public static LogicalType geometry(@Nullable String crs) {
        return new LogicalType(GEOMETRY, 0, 0, 0, false, false, 0, crs, -1);
    }

    /**
     * Returns the type of geographies.
     *
     * @param crs as of {@link #geometry}
     * @param algorithm of the edges, the value of the specification's enumeration; -1 for none in the file
     */
    public static LogicalType geography(@Nullable String crs, int algorithm) {
        return new LogicalType(GEOGRAPHY, 0, 0, 0, false, false, 0, crs, algorithm);
    }

    /**
     * Reads the union at the reader's position.
     *
     * @throws io.glulam.error.CorruptFile if it does not hold one member, as {@link ThriftReader#readUnionId}
     */
    public static LogicalType read(ThriftReader in) {
        int outer = in.enterStruct();
        in.requireMember(in.nextField());
        in.expect(ThriftReader.STRUCT);
        LogicalType type = switch (in.fieldId()) {
            case DECIMAL -> readDecimal(in);
            case TIME, TIMESTAMP -> readTime(in, in.fieldId());
            case INTEGER -> readInteger(in);
            default -> {
                int id = in.fieldId();
                in.skip();
                yield simple(id);
            }
        };
        in.requireMember(!in.nextField());
        in.leaveStruct(outer);
        return type;
    }

    private static LogicalType simple(int id) {
        return new LogicalType(id, 0, 0, 0, false, false, 0);
    }

    private static LogicalType readDecimal(ThriftReader in) {
        int scale = 0;
        int precision = 0;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> scale = in.readI32Field();
                case 2 -> precision = in.readI32Field();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        return new LogicalType(DECIMAL, scale, precision, 0, false, false, 0);
    }

    private static LogicalType readTime(ThriftReader in, int id) {
        boolean adjustedToUtc = false;
        int unit = 0;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> adjustedToUtc = in.readBooleanField();
                case 2 -> {
                    in.expect(ThriftReader.STRUCT);
                    in.requireMember(unit == 0);
                    unit = in.readUnionId();
                }
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        return new LogicalType(id, 0, 0, 0, false, adjustedToUtc, unit);
    }

    private static LogicalType readInteger(ThriftReader in) {
        int bitWidth = 0;
        boolean signed = false;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> {
                    in.expect(ThriftReader.BYTE);
                    bitWidth = in.readByte();
                }
                case 2 -> signed = in.readBooleanField();
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        return new LogicalType(INTEGER, 0, 0, bitWidth, signed, false, 0);
    }

    /**
     * Returns the specification's name with its parameters, such as {@code DECIMAL(10,2)}; {@code UNKNOWN(n)} for
     * others.
     */
    @Override
    public String toString() {
        String name = id > 0 && id < NAMES.length ? NAMES[id] : "";
        if (name.isEmpty()) {
            return "UNKNOWN(" + id + ")";
        }
        return switch (id) {
            case DECIMAL -> name + "(" + precision + "," + scale + ")";
            case TIME, TIMESTAMP -> name + "(" + unitName() + "," + (adjustedToUtc ? "UTC" : "local") + ")";
            case INTEGER -> name + "(" + bitWidth + "," + (signed ? "signed" : "unsigned") + ")";
            default -> name;
        };
    }

    private String unitName() {
        return unit > 0 && unit < UNITS.length ? UNITS[unit] : "UNKNOWN(" + unit + ")";
    }
}
