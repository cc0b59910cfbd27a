package io.glulam.arrow;

import io.glulam.rows.MapEntries;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** Values as text: those of Arrow's vectors and those of {@code RowReader}, in the same form. */
final class ArrowText {
    private ArrowText() {}

    static String of(FieldVector vector, int index) {
        return text(value(vector, index));
    }

    private static Object value(FieldVector vector, int index) {
        if (vector.isNull(index)) {
            return null;
        }
        if (vector instanceof StructVector struct) {
            return fields(struct, index);
        }
        if (vector instanceof ListVector list) {
            List<Object> values = new ArrayList<>();
            for (int i = list.getElementStartIndex(index); i < list.getElementEndIndex(index); i++) {
                values.add(value(list.getDataVector(), i));
            }
            if (!(vector instanceof MapVector)) {
                return values;
            }
            return new MapEntries(
                    values.stream().map(entry -> ((Object[]) entry)[0]).toList(),
                    values.stream()
                            .map(entry -> ((Object[]) entry)[1])
                            .collect(ArrayList::new, List::add, List::addAll));
        }
        return leaf(vector, index);
    }

    private static Object[] fields(StructVector struct, int index) {
        return struct.getChildrenFromFields().stream()
                .map(child -> value(child, index))
                .toArray();
    }

    private static Object leaf(FieldVector vector, int index) {
        return switch (vector.getMinorType()) {
            case BIT -> ((BitVector) vector).get(index) == 1;
            case TINYINT -> (int) ((TinyIntVector) vector).get(index);
            case SMALLINT -> (int) ((SmallIntVector) vector).get(index);
            case INT -> ((IntVector) vector).get(index);
            case BIGINT -> ((BigIntVector) vector).get(index);
            case UINT1 -> ((UInt1Vector) vector).get(index) & 0xFFL;
            case UINT2 -> (long) ((UInt2Vector) vector).get(index);
            case UINT4 -> ((UInt4Vector) vector).get(index) & 0xFFFF_FFFFL;
            case UINT8 -> new BigInteger(Long.toUnsignedString(((UInt8Vector) vector).get(index)));
            case FLOAT2 -> ((Float2Vector) vector).getValueAsFloat(index);
            case DATEDAY -> LocalDate.ofEpochDay(((DateDayVector) vector).get(index));
            case TIMEMILLI -> LocalTime.ofNanoOfDay(((TimeMilliVector) vector).get(index) * 1_000_000L);
            case TIMEMICRO -> LocalTime.ofNanoOfDay(((TimeMicroVector) vector).get(index) * 1_000L);
            case TIMENANO -> LocalTime.ofNanoOfDay(((TimeNanoVector) vector).get(index));
            case TIMESTAMPMILLI -> local(vector, index, 1_000);
            case TIMESTAMPMICRO -> local(vector, index, 1_000_000);
            case TIMESTAMPNANO -> local(vector, index, 1_000_000_000);
            case TIMESTAMPMILLITZ -> local(vector, index, 1_000).toInstant(ZoneOffset.UTC);
            case TIMESTAMPMICROTZ -> local(vector, index, 1_000_000).toInstant(ZoneOffset.UTC);
            case TIMESTAMPNANOTZ -> local(vector, index, 1_000_000_000).toInstant(ZoneOffset.UTC);
            case VARBINARY -> ((VarBinaryVector) vector).get(index);
            case FIXEDSIZEBINARY -> ((FixedSizeBinaryVector) vector).get(index);
            default -> vector.getObject(index);
        };
    }

    private static LocalDateTime local(FieldVector vector, int index, long perSecond) {
        long value = ((TimeStampVector) vector).get(index);
        int nanos = (int) (Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
        return LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), nanos, ZoneOffset.UTC);
    }

    /** The text of a value of {@code RowReader}. */
    static String text(Object value) {
        if (value instanceof Object[] fields) {
            return "{" + joined(Arrays.asList(fields)) + "}";
        }
        if (value instanceof List<?> list) {
            return "[" + joined(list) + "]";
        }
        if (value instanceof MapEntries map) {
            return "<" + text(map.keys()) + ", " + text(map.values()) + ">";
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof UUID uuid) {
            return "0x" + uuid.toString().replace("-", "");
        }
        if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, ZoneOffset.UTC) + "Z";
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }

    /** The text of bytes, whether they mean text or not. */
    static String hex(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String joined(List<?> values) {
        return String.join(", ", values.stream().map(ArrowText::text).toList());
    }
}
