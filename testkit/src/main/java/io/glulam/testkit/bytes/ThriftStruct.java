package io.glulam.testkit.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A struct of Thrift's compact protocol as a tree, so that tests can add fields that no generated class knows. Field
 * values are {@code Boolean}, {@code Long} (all integers), {@code byte[]} (strings, and doubles as eight raw bytes),
 * {@link ThriftList} or {@link ThriftStruct}; {@link Raw} is only written.
 */
public final class ThriftStruct {
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
    public static final int STRUCT = 12;

    private final List<Field> fields = new ArrayList<>();

    /** A field; for booleans the type is {@link #TRUE} in either case. */
    public record Field(int id, int type, Object value) {}

    /** The bytes of a value, whatever its field's type says. */
    public record Raw(byte[] bytes) {
        /** A list whose header states another type of its elements than they have. */
        public static Raw list(ThriftList list, int statedType) {
            ByteSink out = new ByteSink();
            ThriftStruct.write(out, LIST, list);
            byte[] bytes = out.bytes();
            bytes[0] = (byte) (bytes[0] & 0xf0 | statedType);
            return new Raw(bytes);
        }

        /** A number in as many bytes as there is room for in a varint of so many bits. */
        public static Raw number(long value, int bits) {
            long rest = value << 1 ^ value >> 63;
            ByteSink out = new ByteSink();
            for (int shift = 7; shift < bits; shift += 7) {
                out.putByte((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            return new Raw(out.putByte((int) rest & 0x7f).bytes());
        }
    }

    /** A list or set. */
    public record ThriftList(int elementType, List<Object> values) {
        /** The elements of a list of structs. */
        public List<ThriftStruct> structs() {
            return values.stream().map(ThriftStruct.class::cast).toList();
        }
    }

    public static ThriftStruct parse(byte[] bytes) {
        return readStruct(ByteBuffer.wrap(bytes));
    }

    public List<Field> fields() {
        return fields;
    }

    public ThriftStruct add(int id, int type, Object value) {
        fields.add(new Field(id, type, value));
        return this;
    }

    public Optional<Object> get(int id) {
        return fields.stream().filter(field -> field.id == id).map(Field::value).findFirst();
    }

    public Optional<ThriftStruct> struct(int id) {
        return get(id).map(ThriftStruct.class::cast);
    }

    /** The structs of a list field; none if the field is absent. */
    public List<ThriftStruct> structs(int id) {
        return get(id).map(list -> ((ThriftList) list).structs()).orElse(List.of());
    }

    /** Adds one field of every type under ids that the specification does not know. */
    public ThriftStruct addUnknownFields(int firstId) {
        ThriftStruct inner = new ThriftStruct().add(1, I32, -7L).add(20_000, TRUE, true);
        return add(firstId, TRUE, false)
                .add(firstId + 1, BYTE, 5L)
                .add(firstId + 2, I16, -300L)
                .add(firstId + 3, I64, Long.MIN_VALUE)
                .add(firstId + 4, DOUBLE, new byte[] {1, 2, 3, 4, 5, 6, 7, 8})
                .add(firstId + 5, BINARY, "from the future".getBytes(StandardCharsets.UTF_8))
                .add(firstId + 6, LIST, new ThriftList(I32, List.of(1L, -1L, 100_000L)))
                .add(firstId + 7, LIST, new ThriftList(TRUE, List.of(true, false)))
                .add(firstId + 8, SET, new ThriftList(BINARY, List.of(new byte[20], new byte[0])))
                .add(firstId + 9, LIST, new ThriftList(STRUCT, List.of(inner, new ThriftStruct())))
                .add(firstId + 1_000, STRUCT, inner);
    }

    public byte[] bytes() {
        ByteSink out = new ByteSink();
        write(out);
        return out.bytes();
    }

    /** What a list of so many elements begins with. */
    public static byte[] listHeader(int elementType, int size) {
        ByteSink out = new ByteSink().putByte(Math.min(size, 15) << 4 | elementType);
        return (size < 15 ? out : out.putVarint(size)).bytes();
    }

    private static ThriftStruct readStruct(ByteBuffer in) {
        ThriftStruct struct = new ThriftStruct();
        int id = 0;
        for (int head = in.get() & 0xff; head != 0; head = in.get() & 0xff) {
            int type = head & 0xf;
            id = head >>> 4 == 0 ? (int) zigZag(in) : id + (head >>> 4);
            boolean isBoolean = type == TRUE || type == FALSE;
            struct.add(id, isBoolean ? TRUE : type, isBoolean ? (Object) (type == TRUE) : read(in, type));
        }
        return struct;
    }

    private static Object read(ByteBuffer in, int type) {
        return switch (type) {
            case TRUE, FALSE -> in.get() == TRUE;
            case BYTE -> (long) in.get();
            case I16, I32, I64 -> zigZag(in);
            case DOUBLE -> bytes(in, 8);
            case BINARY -> bytes(in, Math.toIntExact(varint(in)));
            case LIST, SET -> readList(in);
            case STRUCT -> readStruct(in);
            default -> throw new IllegalArgumentException("Thrift type " + type);
        };
    }

    private static ThriftList readList(ByteBuffer in) {
        int head = in.get() & 0xff;
        int size = head >>> 4 == 15 ? Math.toIntExact(varint(in)) : head >>> 4;
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(read(in, head & 0xf));
        }
        return new ThriftList(head & 0xf, values);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new IllegalArgumentException(length + " bytes where there are " + in.remaining());
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static long zigZag(ByteBuffer in) {
        long value = varint(in);
        return value >>> 1 ^ -(value & 1);
    }

    private void write(ByteSink out) {
        int last = 0;
        for (Field field : fields) {
            int type = field.value instanceof Boolean flag ? flag ? TRUE : FALSE : field.type;
            int delta = field.id - last;
            if (delta > 0 && delta < 16) {
                out.putByte(delta << 4 | type);
            } else {
                out.putByte(type).putZigZag(field.id);
            }
            if (!(field.value instanceof Boolean)) {
                write(out, field.type, field.value);
            }
            last = field.id;
        }
        out.putByte(0);
    }

    private static void write(ByteSink out, int type, Object value) {
        if (value instanceof Raw raw) {
            out.put(raw.bytes);
            return;
        }
        switch (type) {
            case TRUE, FALSE -> out.putByte((Boolean) value ? TRUE : FALSE);
            case BYTE -> out.putByte(((Long) value).intValue());
            case I16, I32, I64 -> out.putZigZag((Long) value);
            case DOUBLE -> out.put((byte[]) value);
            case BINARY -> out.putVarint(((byte[]) value).length).put((byte[]) value);
            case LIST, SET -> {
                ThriftList list = (ThriftList) value;
                out.put(listHeader(list.elementType, list.values.size()));
                list.values.forEach(element -> write(out, list.elementType, element));
            }
            case STRUCT -> ((ThriftStruct) value).write(out);
            default -> throw new IllegalArgumentException("Thrift type " + type);
        }
    }
}
