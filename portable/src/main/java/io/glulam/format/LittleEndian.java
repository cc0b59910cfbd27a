package io.glulam.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in byte arrays, least significant byte first. The only class that views bytes as wider numbers: a platform
 * without {@link VarHandle} replaces this class alone.
 */
public final class LittleEndian {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    public static int getInt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    public static long getLong(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    public static void setInt(byte[] bytes, int index, int value) {
        INT.set(bytes, index, value);
    }

    public static void setLong(byte[] bytes, int index, long value) {
        LONG.set(bytes, index, value);
    }
}
