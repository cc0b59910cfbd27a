package io.glulam.format;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over Thrift's compact protocol, in place: no object per field. Every length and count is checked against the
 * bytes that are there; nesting is bounded. The structure lies in one array, or is read through a window that is an array:
 * then it may be far longer than memory, and only values that are asked for are held whole.
 *
 * <p>Use: {@code int outer = enterStruct(); while (nextField()) switch (fieldId()) {…; default -> skip();}
 * leaveStruct(outer);}. Not thread-safe.
 */
public final class ThriftReader {
    public static final int STOP = 0;
    public static final int TRUE = 1;
    public static final int FALSE = 2;
    public static final int BYTE = 3;
    public static final int I16 = 4;
    public static final int I32 = 5;
    public static final int I64 = 6;
    public static final int DOUBLE = 7;
    public static final int BINARY = 8;
    public static final int LIST = 9;
    public static final int SET = 10;
    public static final int MAP = 11;
    public static final int STRUCT = 12;
    public static final int UUID = 13;

    private static final int MAX_DEPTH = 64;

    /** A value that is read through a window is held whole up to this many bytes. */
    private static final int MAX_WINDOWED_VALUE = 8 << 20;

    /** The structure, or the window. */
    private final byte[] bytes;

    private final @Nullable Refill refill;
    private final long base;
    /** Position in the structure of {@code bytes[0]}. */
    private int origin;
    /** Indices in {@link #bytes}. */
    private int position;

    private int limit;
    /** One past the structure's last byte, as a position in it. */
    private final int end;

    private int fieldId;
    private int fieldType;
    private int elementType;
    private int depth;

    /** Where the bytes of a structure come from that is read through a window. */
    public interface Refill {
        /** Fills {@code length} bytes of {@code target} with those from {@code position} of the structure on. */
        void read(int position, byte[] target, int from, int length);

        /** Returns what helps where a value is too long to be held besides the window; null for nothing. */
        default @Nullable String remedyForLongValue() {
            return null;
        }
    }

    /**
     * @param from first byte
     * @param to one past the last byte that may be read
     * @param base offset in the object of {@code bytes[0]}, for error messages
     */
    public ThriftReader(byte[] bytes, int from, int to, long base) {
        this.bytes = bytes;
        this.refill = null;
        this.position = from;
        this.limit = to;
        this.end = to;
        this.base = base;
    }

    /**
     * A reader through a window.
     *
     * @param refill of the structure
     * @param window that the reader alone uses; at least a byte
     * @param from first byte
     * @param to one past the last byte that may be read
     * @param base offset in the object of the structure's first byte, for error messages
     */
    public ThriftReader(Refill refill, byte[] window, int from, int to, long base) {
        this.bytes = window;
        this.refill = refill;
        this.origin = from;
        this.end = to;
        this.base = base;
    }

    /** Position in the structure of the next byte to read. */
    public int position() {
        return origin + position;
    }

    /** Continues at {@code position}, which an earlier pass has seen to be the start of a value. */
    public void seek(int position) {
        int index = position - origin;
        if (index >= 0 && index <= limit) {
            this.position = index;
        } else {
            this.origin = position;
            this.position = 0;
            this.limit = 0;
        }
    }

    private int left() {
        return end - origin - position;
    }

    /** Moves the window on; the next byte is at {@link #position} then. */
    private void slide() {
        if (refill == null || left() <= 0) {
            throw corrupt("the Thrift structure is cut off");
        }
        origin += position;
        position = 0;
        limit = Math.min(bytes.length, end - origin);
        refill.read(origin, bytes, 0, limit);
    }

    /** Starts a struct; the result goes to {@link #leaveStruct}. */
    public int enterStruct() {
        if (++depth > MAX_DEPTH) {
            throw corrupt("nested more than " + MAX_DEPTH + " deep");
        }
        int outer = fieldId;
        fieldId = 0;
        return outer;
    }

    /** Ends a struct whose {@link #nextField} said false. */
    public void leaveStruct(int outer) {
        depth--;
        fieldId = outer;
    }

    /** Moves to the next field of the struct; false at its end. */
    public boolean nextField() {
        int header = readByte() & 0xff;
        fieldType = header & 0x0f;
        if (fieldType == STOP) {
            return false;
        }
        int delta = header >>> 4;
        fieldId = delta == 0 ? (short) zigzag(readVarint()) : fieldId + delta;
        return true;
    }

    /** Id of the field that {@link #nextField} found. */
    public int fieldId() {
        return fieldId;
    }

    /**
     * Id of the field that {@link #nextField} found if it is known and of its type; else 0, and it is to be skipped, as
     * Thrift's own readers do.
     *
     * @param types of the known fields, by id from 0 on; {@link #TRUE} for a boolean, {@link #STOP} for none
     */
    public int knownFieldId(int[] types) {
        if (fieldId < 0 || fieldId >= types.length) {
            return 0;
        }
        boolean known = types[fieldId] == fieldType || types[fieldId] == TRUE && fieldType == FALSE;
        return known ? fieldId : 0;
    }

    /** Type of the field that {@link #nextField} found. */
    public int fieldType() {
        return fieldType;
    }

    /** Reads a list's header; the result is its size, at most the number of bytes left. */
    public int readListHeader() {
        int header = readByte() & 0xff;
        elementType = header & 0x0f;
        long size = (header & 0xf0L) >>> 4;
        if (size == 15) {
            size = readVarint();
        }
        if (size < 0 || size > left()) {
            throw corrupt("a list of " + Long.toUnsignedString(size) + " elements in " + left() + " bytes");
        }
        return (int) size;
    }

    /** As {@link #readListHeader()}, the elements checked to be of {@code type}. */
    public int readListHeader(int type) {
        int size = readListHeader();
        if (size > 0 && elementType != type) {
            throw corrupt("list elements are of Thrift type " + elementType + ", expected " + type);
        }
        return size;
    }

    /** Reads a union whose members are of no interest: its only field's id; 0 if it holds none, -1 if several. */
    public int readUnionId() {
        int id = 0;
        int fields = 0;
        int outer = enterStruct();
        while (nextField()) {
            id = fieldId;
            fields++;
            skip();
        }
        leaveStruct(outer);
        return fields > 1 ? -1 : id;
    }

    /** Type of the elements of the list whose header was read last. */
    public int elementType() {
        return elementType;
    }

    /** The value of a boolean field, which its header holds. */
    public boolean readBooleanField() {
        if (fieldType != TRUE && fieldType != FALSE) {
            throw corrupt("field " + fieldId + " is of Thrift type " + fieldType + ", expected a boolean");
        }
        return fieldType == TRUE;
    }

    /** The value of a boolean list element. */
    public boolean readBooleanElement() {
        return readByte() == TRUE;
    }

    public int readI32() {
        long value = zigzag(readVarint());
        if (value != (int) value) {
            throw corrupt(value + " does not fit 32 bits");
        }
        return (int) value;
    }

    public long readI64() {
        return zigzag(readVarint());
    }

    public byte readByte() {
        if (position >= limit) {
            slide();
        }
        return bytes[position++];
    }

    private int readLength() {
        long length = readVarint();
        if (length < 0 || length > left()) {
            throw corrupt("a string of " + Long.toUnsignedString(length) + " bytes in " + left());
        }
        return (int) length;
    }

    public byte[] readBinary() {
        int length = readLength();
        byte[] value = copy(position(), length);
        advance(length);
        return value;
    }

    /**
     * Passes over the bytes that are next, if they are {@code expected}; whether they are. Does so only where it need not read
     * on for it.
     */
    public boolean passIf(byte[] expected) {
        boolean same = expected.length <= limit - position
                && Arrays.equals(bytes, position, position + expected.length, expected, 0, expected.length);
        position += same ? expected.length : 0;
        return same;
    }

    /** Returns the structure's bytes from {@code from}, which was a position, up to this one. */
    public byte[] since(int from) {
        return copy(from, position() - from);
    }

    /** Reads a binary or string; whether it is {@code expected}. */
    public boolean readIs(byte[] expected) {
        int length = readLength();
        boolean same = length == expected.length;
        if (same && length <= limit - position) {
            same = Arrays.equals(bytes, position, position + length, expected, 0, length);
        } else if (same) {
            same = Arrays.equals(copy(position(), length), expected);
        }
        advance(length);
        return same;
    }

    public String readString() {
        int length = readLength();
        String value = length <= limit - position
                ? new String(bytes, position, length, StandardCharsets.UTF_8)
                : new String(copy(position(), length), StandardCharsets.UTF_8);
        advance(length);
        return value;
    }

    /** The structure's bytes from {@code from} on, wherever this reader is. */
    private byte[] copy(int from, int length) {
        if (refill != null && length > MAX_WINDOWED_VALUE) {
            throw new Unsupported(
                    Place.at(base + from),
                    "a value of " + length + " bytes; at most " + MAX_WINDOWED_VALUE + " are held in memory",
                    refill.remedyForLongValue());
        }
        byte[] value = new byte[length];
        copy(from, value, 0, length);
        return value;
    }

    private void copy(int from, byte[] target, int at, int length) {
        int index = from - origin;
        if (index >= 0 && index + length <= limit) {
            System.arraycopy(bytes, index, target, at, length);
        } else if (refill != null) {
            refill.read(from, target, at, length);
        } else {
            throw new IndexOutOfBoundsException(from + " to " + (from + length));
        }
    }

    /** Writes the structure's bytes {@code [from, to)}, which were read or skipped, as they are. */
    public void writeRange(int from, int to, ThriftWriter out) {
        int index = from - origin;
        if (index >= 0 && to - origin <= limit) {
            out.writeRaw(bytes, index, to - from);
            return;
        }
        byte[] piece = new byte[Math.min(to - from, 1 << 16)];
        for (int at = from; at < to; at += piece.length) {
            int length = Math.min(piece.length, to - at);
            copy(at, piece, 0, length);
            out.writeRaw(piece, 0, length);
        }
    }

    /** The value of an I32 field, its type checked. */
    public int readI32Field() {
        expect(I32);
        return readI32();
    }

    /** The value of an I64 field, its type checked. */
    public long readI64Field() {
        expect(I64);
        return readI64();
    }

    /** The value of a binary field, its type checked. */
    public byte[] readBinaryField() {
        expect(BINARY);
        return readBinary();
    }

    /** The value of a string field, its type and its UTF-8 checked. */
    public String readUtf8Field() {
        expect(BINARY);
        byte[] text = readBinary();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw corrupt("a string that is not UTF-8");
        }
    }

    /** Checks that the field is of {@code type}. */
    public void expect(int type) {
        if (fieldType != type) {
            throw corrupt("field " + fieldId + " is of Thrift type " + fieldType + ", expected " + type);
        }
    }

    /** Skips the value of the current field. */
    public void skip() {
        skip(fieldType, true);
    }

    /** Skips a list element. */
    public void skipElement(int type) {
        skip(type, false);
    }

    /** Skips a field's value and gives its raw bytes. */
    public byte[] skipRaw() {
        int start = position();
        skip();
        return copy(start, position() - start);
    }

    private void skip(int type, boolean field) {
        switch (type) {
            case TRUE, FALSE -> {
                if (!field) {
                    readByte();
                }
            }
            case BYTE -> readByte();
            case I16, I32, I64 -> readVarint();
            case DOUBLE -> advance(8);
            case UUID -> advance(16);
            case BINARY -> advance(readLength());
            case LIST, SET -> skipList();
            case MAP -> skipMap();
            case STRUCT -> {
                int outer = enterStruct();
                while (nextField()) {
                    skip(fieldType, true);
                }
                leaveStruct(outer);
            }
            default -> throw corrupt("Thrift type " + type + " does not exist");
        }
    }

    private void skipList() {
        nest();
        int size = readListHeader();
        int type = elementType;
        for (int i = 0; i < size; i++) {
            skip(type, false);
        }
        depth--;
    }

    private void skipMap() {
        nest();
        long size = readVarint();
        if (size < 0 || size > left()) {
            throw corrupt("a map of " + Long.toUnsignedString(size) + " entries");
        }
        if (size > 0) {
            int types = readByte() & 0xff;
            for (long i = 0; i < size; i++) {
                skip(types >>> 4, false);
                skip(types & 0x0f, false);
            }
        }
        depth--;
    }

    private void nest() {
        if (++depth > MAX_DEPTH) {
            throw corrupt("nested more than " + MAX_DEPTH + " deep");
        }
    }

    private void advance(int count) {
        if (count <= limit - position) {
            position += count;
        } else if (count <= left()) {
            seek(position() + count);
        } else {
            throw corrupt("the Thrift structure is cut off");
        }
    }

    private long readVarint() {
        // Most numbers of a footer take one byte or two.
        int at = position;
        if (limit - at >= 2) {
            byte first = bytes[at];
            if (first >= 0) {
                position = at + 1;
                return first;
            }
            byte second = bytes[at + 1];
            if (second >= 0) {
                position = at + 2;
                return first & 0x7f | second << 7;
            }
        }
        return readLongVarint();
    }

    private long readLongVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw corrupt("a varint of more than ten bytes");
    }

    private static long zigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** The failure that {@code problem} is at the current position. */
    public CorruptFile corrupt(String problem) {
        return new CorruptFile(Place.at(base + position()), problem);
    }
}
