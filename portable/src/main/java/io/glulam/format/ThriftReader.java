package io.glulam.format;

import io.glulam.error.CorruptFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over Thrift's compact protocol, in place: no object per field. Every length and count is checked against the
 * bytes that are there; nesting is bounded. The structure lies in one array, or is read through a window, so that it may be
 * longer than memory.
 *
 * <p>Use: {@code int outer = enterStruct(); while (nextField()) switch (fieldId()) {…; default -> skip();}
 * leaveStruct(outer);}. Not thread-safe.
 */
public final class ThriftReader extends ThriftBytes {
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
        super(bytes, from, to, base);
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
        super(refill, window, from, to, base);
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
        fieldId = (short) (delta == 0 ? zigzag(readVarint()) : fieldId + delta);
        return true;
    }

    /** Returns the id of the field that {@link #nextField} found. */
    public int fieldId() {
        return fieldId;
    }

    /**
     * Returns the id of the field that {@link #nextField} found if it is known and of its type; else 0, and it is to be
     * skipped, as Thrift's own readers do.
     *
     * @param types of the known fields, by id from 0 on; {@link #TRUE} for a boolean, {@link #STOP} for none
     */
    public int knownFieldId(int[] types) {
        int id = fieldId;
        return id >= 0 && id < types.length && (types[id] == fieldType || isBoolean(types[id])) ? id : 0;
    }

    private boolean isBoolean(int known) {
        return known == TRUE && fieldType == FALSE;
    }

    /** Returns the type of the field that {@link #nextField} found. */
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

    /**
     * Passes over a list field of a known struct, with its header. Readers by Thrift go by the specification's type of the
     * elements, whatever the header states: where that takes other bytes, they go on elsewhere.
     *
     * @param type of the elements, as the specification says
     */
    public void skipListOf(int type) {
        nest();
        int size = readListHeader();
        if (size > 0 && form(elementType) != form(type)) {
            throw corrupt("list elements are of Thrift type " + elementType + ", expected " + type);
        }
        for (int i = 0; i < size; i++) {
            skip(type, false);
        }
        depth--;
    }

    /** One of the types whose values take the same bytes. */
    private static int form(int type) {
        return switch (type) {
            case I16, I32, I64 -> I64;
            case TRUE, FALSE, BYTE -> BYTE;
            case LIST, SET -> LIST;
            default -> type;
        };
    }

    /**
     * Reads a union whose members are structs that are of no interest: the id of the one that it holds, 0 where that is no
     * struct. Apache Thrift's readers for Java read the first field of a union and pass over the next header, so that they
     * go on elsewhere where there is none or another one.
     */
    public int readUnionId() {
        int outer = enterStruct();
        requireMember(nextField());
        int id = fieldType == STRUCT ? fieldId : 0;
        skip();
        requireMember(!nextField());
        leaveStruct(outer);
        return id;
    }

    /** Checks that a union holds one member. */
    void requireMember(boolean one) {
        if (!one) {
            throw corrupt("a union that does not hold one member");
        }
    }

    /** Returns the type of the elements of the list whose header was read last. */
    public int elementType() {
        return elementType;
    }

    /** Returns the value of a boolean field, which its header holds. */
    public boolean readBooleanField() {
        if (fieldType != TRUE && fieldType != FALSE) {
            throw corrupt("field " + fieldId + " is of Thrift type " + fieldType + ", expected a boolean");
        }
        return fieldType == TRUE;
    }

    /** Returns the value of a boolean list element. */
    public boolean readBooleanElement() {
        return readByte() == TRUE;
    }

    public int readI32() {
        long value = zigzag(readVarint());
        if (value != (int) value) {
            throw tooLong(value);
        }
        return (int) value;
    }

    private CorruptFile tooLong(long value) {
        return corrupt(value + " does not fit 32 bits");
    }

    public long readI64() {
        return zigzag(readVarint());
    }

    /** Returns the value of an I32 field, its type checked. */
    public int readI32Field() {
        expect(I32);
        return readI32();
    }

    /** Returns the value of an I64 field, its type checked. */
    public long readI64Field() {
        expect(I64);
        return readI64();
    }

    /** Returns the value of a binary field, its type checked. */
    public byte[] readBinaryField() {
        expect(BINARY);
        return readBinary();
    }

    /** As {@link #readBinaryField()}; {@code likely} itself where it is the same bytes. */
    public byte[] readBinaryField(byte @Nullable [] likely) {
        expect(BINARY);
        int length = readLength();
        if (likely != null && likely.length == length && passIf(likely)) {
            return likely;
        }
        byte[] value = copy(position(), length);
        advance(length);
        return value;
    }

    /** Returns the value of a string field, its type and its UTF-8 checked. */
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
            throw unexpected(type);
        }
    }

    /** A method of its own keeps its callers short enough for the compiler to put them into theirs. */
    private CorruptFile unexpected(int type) {
        return corrupt("field " + fieldId + " is of Thrift type " + fieldType + ", expected " + type);
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

    private static long zigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
