package io.glulam.format;

/** Stands in for {@code io.glulam.format.LittleEndian} in WebAssembly, which has no VarHandle ({@code wasm.build.Substitutions}). */
public final class PlainLittleEndian {
    private PlainLittleEndian() {}

    public static int getInt(byte[] bytes, int index) {
        return bytes[index] & 0xff
                | (bytes[index + 1] & 0xff) << 8
                | (bytes[index + 2] & 0xff) << 16
                | bytes[index + 3] << 24;
    }

    public static long getLong(byte[] bytes, int index) {
        return getInt(bytes, index) & 0xffffffffL | (long) getInt(bytes, index + 4) << 32;
    }

    public static void setInt(byte[] bytes, int index, int value) {
        bytes[index] = (byte) value;
        bytes[index + 1] = (byte) (value >>> 8);
        bytes[index + 2] = (byte) (value >>> 16);
        bytes[index + 3] = (byte) (value >>> 24);
    }

    public static void setLong(byte[] bytes, int index, long value) {
        setInt(bytes, index, (int) value);
        setInt(bytes, index + 4, (int) (value >>> 32));
    }
}
