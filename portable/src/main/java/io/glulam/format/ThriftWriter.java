package io.glulam.format;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes Thrift's compact protocol into an array that grows, or through one that does not into a sink. Field ids within a
 * struct must rise. Not thread-safe.
 */
public final class ThriftWriter {
    private static final int MAX_SIZE = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private final @Nullable Consumer<ByteBuffer> sink;
    private long drained;
    private int size;
    private int lastField;

    public ThriftWriter(int expectedSize) {
        bytes = new byte[Math.max(16, expectedSize)];
        sink = null;
    }

    /**
     * A writer whose bytes go to {@code sink}, piece by piece, the last ones with {@link #drain}.
     *
     * @param pieceSize bytes that are held at most, longer values aside
     * @param sink drains each buffer, which is free again when it returns
     */
    public ThriftWriter(int pieceSize, Consumer<ByteBuffer> sink) {
        bytes = new byte[Math.max(16, pieceSize)];
        this.sink = sink;
    }

    /** Returns the bytes written, those that went to the sink included. */
    public long written() {
        return drained + size;
    }

    /** Hands what is held to the sink. */
    public void drain() {
        if (sink != null && size > 0) {
            sink.accept(ByteBuffer.wrap(bytes, 0, size));
            drained += size;
            size = 0;
        }
    }

    /** Returns the bytes written and not drained. */
    public int size() {
        return size;
    }

    /** Returns the array that holds the bytes, {@link #size()} of them valid; replaced when it grows. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Forgets what was written. */
    public void clear() {
        size = 0;
        lastField = 0;
    }

    /** Starts a struct; the result goes to {@link #leaveStruct}. */
    public int enterStruct() {
        int outer = lastField;
        lastField = 0;
        return outer;
    }

    /** Writes the stop byte. */
    public void leaveStruct(int outer) {
        writeByte(ThriftReader.STOP);
        lastField = outer;
    }

    /** Writes a field header; the value follows. */
    public void field(int id, int type) {
        int delta = id - lastField;
        if (delta > 0 && delta <= 15) {
            writeByte(delta << 4 | type);
        } else {
            writeByte(type);
            writeI32(id);
        }
        lastField = id;
    }

    /** Returns the id of the field written last in this struct; 0 before the first. */
    public int lastField() {
        return lastField;
    }

    /**
     * Copies a field header as it was read; true to the source even if its form is not the shortest. It must have
     * followed the same field as it does here, see {@link #lastField}.
     */
    public void copyHeader(ThriftReader source, int from, int to, int id) {
        source.writeRange(from, to, this);
        lastField = id;
    }

    public void booleanField(int id, boolean value) {
        field(id, value ? ThriftReader.TRUE : ThriftReader.FALSE);
    }

    public void i32Field(int id, int value) {
        field(id, ThriftReader.I32);
        writeI32(value);
    }

    public void i64Field(int id, long value) {
        field(id, ThriftReader.I64);
        writeI64(value);
    }

    public void binaryField(int id, byte[] value) {
        field(id, ThriftReader.BINARY);
        writeBinary(value);
    }

    /** Writes a field whose value is already in Thrift's form. */
    public void rawField(int id, int type, byte[] raw) {
        field(id, type);
        writeRaw(raw, 0, raw.length);
    }

    public void listHeader(int elementType, int count) {
        if (count < 15) {
            writeByte(count << 4 | elementType);
        } else {
            writeByte(0xf0 | elementType);
            writeVarint(count);
        }
    }

    public void writeBooleanElement(boolean value) {
        writeByte(value ? ThriftReader.TRUE : ThriftReader.FALSE);
    }

    public void writeI32(int value) {
        writeVarint(Integer.toUnsignedLong((value << 1) ^ (value >> 31)));
    }

    public void writeI64(long value) {
        writeVarint((value << 1) ^ (value >> 63));
    }

    public void writeBinary(byte[] value) {
        writeVarint(value.length);
        writeRaw(value, 0, value.length);
    }

    public void writeRaw(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    private void writeVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            writeByte((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    private void reserve(int count) {
        if (bytes.length - size < count) {
            drain();
        }
        if (bytes.length - size < count) {
            long needed = (long) size + count;
            if (needed > MAX_SIZE) {
                throw new Unsupported(Place.UNKNOWN, "a Thrift structure of more than 2 GiB");
            }
            long grown = bytes.length + ((long) bytes.length >> 1);
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_SIZE, Math.max(needed, grown)));
        }
    }
}
