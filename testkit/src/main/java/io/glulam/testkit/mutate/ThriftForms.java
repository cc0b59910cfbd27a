package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.ThriftStruct;
import io.glulam.testkit.bytes.ThriftStruct.Field;
import io.glulam.testkit.bytes.ThriftStruct.Raw;
import io.glulam.testkit.bytes.ThriftStruct.ThriftList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Gives serialized Thrift structs forms that no library writes: fields twice and backwards, of other types, several members
 * of a union or none, lists of other lengths and other stated types, numbers in more bytes than they need. Generated
 * readers have an answer to each; it need not be one answer.
 */
public final class ThriftForms {
    private static final int MAX_CHANGES = 3;
    private static final int MAX_ID = 18;
    private static final int[] TYPES = {
        ThriftStruct.TRUE,
        ThriftStruct.BYTE,
        ThriftStruct.I16,
        ThriftStruct.I32,
        ThriftStruct.I64,
        ThriftStruct.BINARY,
        ThriftStruct.LIST,
        ThriftStruct.STRUCT
    };

    private final Random random;
    private final List<ThriftStruct> structs = new ArrayList<>();

    private ThriftForms(Random random) {
        this.random = random;
    }

    /** Changes the form of a serialized struct in one to three places; bytes that are none come back as they are. */
    public static byte[] change(byte[] struct, Random random) {
        byte[] changed = struct;
        int count = 1 + random.nextInt(MAX_CHANGES);
        for (int i = 0; i < count; i++) {
            changed = once(changed, random);
        }
        return changed;
    }

    private static byte[] once(byte[] struct, Random random) {
        try {
            ThriftStruct parsed = ThriftStruct.parse(struct);
            ThriftForms forms = new ThriftForms(random);
            forms.collect(parsed);
            forms.change(forms.structs.get(random.nextInt(forms.structs.size())).fields());
            return parsed.bytes();
        } catch (RuntimeException notThrift) {
            return struct;
        }
    }

    private void collect(Object value) {
        if (value instanceof ThriftStruct struct) {
            structs.add(struct);
            struct.fields().forEach(field -> collect(field.value()));
        } else if (value instanceof ThriftList list) {
            list.values().forEach(this::collect);
        }
    }

    private void change(List<Field> fields) {
        if (fields.isEmpty()) {
            fields.add(member());
            return;
        }
        int at = random.nextInt(fields.size());
        Field field = fields.get(at);
        switch (random.nextInt(12)) {
            case 0 -> Collections.shuffle(fields, random);
            case 1 -> Collections.reverse(fields);
            case 2 -> fields.add(at, otherwise(field));
            case 3 -> fields.add(random.nextInt(fields.size() + 1), otherwise(field));
            case 4 -> fields.add(new Field(field.id(), field.type(), copy(field.value())));
            case 5 -> fields.set(at, retyped(field));
            case 6 -> fields.add(random.nextInt(fields.size() + 1), retyped(field));
            case 7 -> fields.add(random.nextInt(fields.size() + 1), member());
            case 8 -> fields.remove(at);
            case 9 -> fields.clear();
            case 10 -> fields.set(at, new Field(field.id(), field.type(), otherBytes(field)));
            default -> fields.add(at, new Field(1 + random.nextInt(MAX_ID), field.type(), copy(field.value())));
        }
    }

    /** A member of a union: empty, or a struct from elsewhere. */
    private Field member() {
        ThriftStruct value = random.nextBoolean()
                ? new ThriftStruct()
                : (ThriftStruct) copy(structs.get(random.nextInt(structs.size())));
        return new Field(1 + random.nextInt(MAX_ID), ThriftStruct.STRUCT, value);
    }

    private static Object copy(Object value) {
        return value instanceof ThriftStruct struct ? ThriftStruct.parse(struct.bytes()) : value;
    }

    /** The same field with another value. */
    private Field otherwise(Field field) {
        Object value = field.value();
        if (value instanceof Boolean flag) {
            value = !flag;
        } else if (value instanceof Long number) {
            value = number + random.nextInt(9) - 4;
        } else if (value instanceof byte[] bytes && field.type() == ThriftStruct.BINARY) {
            value = BytesMutator.mutate(bytes, random);
        } else if (value instanceof ThriftList list) {
            value = otherLength(list);
        } else if (value instanceof ThriftStruct struct) {
            ThriftStruct part = (ThriftStruct) copy(struct);
            part.fields().removeIf(inner -> random.nextInt(3) == 0);
            value = part;
        }
        return new Field(field.id(), field.type(), value);
    }

    private ThriftList otherLength(ThriftList list) {
        List<Object> values = new ArrayList<>(list.values());
        if (values.isEmpty() || random.nextBoolean()) {
            values.addAll(values);
        } else {
            values.remove(random.nextInt(values.size()));
        }
        return new ThriftList(list.elementType(), values);
    }

    /** The same field with a type that the specification does not give it. */
    private Field retyped(Field field) {
        Object value = field.value();
        int id = field.id();
        if (value instanceof Boolean flag) {
            return new Field(id, random.nextBoolean() ? ThriftStruct.BYTE : ThriftStruct.I32, flag ? 1L : 0L);
        } else if (value instanceof Long number) {
            int type = TYPES[random.nextInt(5)];
            return type == ThriftStruct.TRUE
                    ? new Field(id, type, number != 0)
                    : new Field(id, type, type == ThriftStruct.BYTE ? (long) number.byteValue() : number);
        } else if (value instanceof ThriftList list) {
            return new Field(id, ThriftStruct.SET, list);
        } else if (value instanceof ThriftStruct struct) {
            return random.nextBoolean()
                    ? new Field(id, ThriftStruct.LIST, new ThriftList(ThriftStruct.STRUCT, List.of(struct)))
                    : new Field(id, ThriftStruct.BINARY, struct.bytes());
        }
        List<Object> bytes = new ArrayList<>();
        for (byte b : (byte[]) value) {
            bytes.add((long) b);
        }
        return new Field(id, ThriftStruct.LIST, new ThriftList(ThriftStruct.BYTE, bytes));
    }

    /** The same value in other bytes, or a list of another length or stated type. */
    private Object otherBytes(Field field) {
        Object value = field.value();
        boolean isNumber = field.type() >= ThriftStruct.I16 && field.type() <= ThriftStruct.I64;
        if (value instanceof Long number && isNumber) {
            return Raw.number(number, random.nextBoolean() ? 32 : 64);
        } else if (value instanceof ThriftList list) {
            return random.nextBoolean() ? otherLength(list) : Raw.list(list, TYPES[random.nextInt(TYPES.length)]);
        }
        return value;
    }
}
