package io.glulam.tables.iceberg.rewrite;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Values of encoding PLAIN as Iceberg has them, where the output has the form that {@link ParquetForm} gives it. */
final class PlainValue {
    private static final int MAX_INT_DIGITS = 9;
    private static final int MAX_LONG_DIGITS = 18;

    private PlainValue() {}

    /** Returns a value; null for types whose bounds are not made of these. */
    static @Nullable Object of(Type.PrimitiveType type, byte[] plain) {
        ByteBuffer bytes = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type.typeId()) {
            case BOOLEAN -> plain[0] != 0;
            case INTEGER, DATE -> bytes.getInt();
            case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO -> bytes.getLong();
            case FLOAT -> bytes.getFloat();
            case DOUBLE -> bytes.getDouble();
            case DECIMAL -> decimal((Types.DecimalType) type, plain, bytes);
            default -> null;
        };
    }

    private static BigDecimal decimal(Types.DecimalType type, byte[] plain, ByteBuffer bytes) {
        BigInteger unscaled;
        if (type.precision() <= MAX_INT_DIGITS) {
            unscaled = BigInteger.valueOf(bytes.getInt());
        } else if (type.precision() <= MAX_LONG_DIGITS) {
            unscaled = BigInteger.valueOf(bytes.getLong());
        } else {
            unscaled = new BigInteger(plain);
        }
        return new BigDecimal(unscaled, type.scale());
    }
}
