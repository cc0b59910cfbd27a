package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.ThriftStruct;
import io.glulam.testkit.bytes.ThriftStruct.Field;
import io.glulam.testkit.bytes.ThriftStruct.ThriftList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes one field, anywhere in a struct of Thrift's compact protocol: its number, its bytes, or whether it is there. */
public final class ThriftMutator {
    private static final int MAX_DEPTH = 12;

    private final Random random;
    /** Numbers of the struct, to lie with what is true elsewhere. */
    private final List<Long> numbers = new ArrayList<>();

    private ThriftMutator(Random random) {
        this.random = random;
    }

    /** Changes one field of a serialized struct; bytes that are none come back as they are. */
    public static byte[] mutate(byte[] struct, Random random) {
        try {
            ThriftStruct parsed = ThriftStruct.parse(struct);
            mutate(parsed, random);
            return parsed.bytes();
        } catch (RuntimeException notThrift) {
            return struct;
        }
    }

    /** Changes one field in place. */
    public static void mutate(ThriftStruct struct, Random random) {
        ThriftMutator mutator = new ThriftMutator(random);
        mutator.collect(struct, 0);
        mutator.change(struct, 0);
    }

    private void collect(Object value, int depth) {
        if (value instanceof Long number && numbers.size() < 256) {
            numbers.add(number);
        } else if (value instanceof ThriftStruct struct && depth < MAX_DEPTH) {
            struct.fields().forEach(field -> collect(field.value(), depth + 1));
        } else if (value instanceof ThriftList list && depth < MAX_DEPTH) {
            list.values().forEach(element -> collect(element, depth + 1));
        }
    }

    private void change(ThriftStruct struct, int depth) {
        List<Field> fields = struct.fields();
        if (fields.isEmpty()) {
            struct.add(1 + random.nextInt(20), ThriftStruct.I32, number(1));
            return;
        }
        int at = random.nextInt(fields.size());
        Field field = fields.get(at);
        switch (random.nextInt(10)) {
            case 0 -> fields.remove(at);
            case 1 -> fields.add(at + 1, new Field(field.id(), field.type(), changed(field.value(), depth)));
            case 2 -> fields.set(at, new Field(1 + random.nextInt(20), field.type(), field.value()));
            default -> fields.set(at, new Field(field.id(), field.type(), changed(field.value(), depth)));
        }
    }

    private Object changed(Object value, int depth) {
        if (value instanceof Boolean flag) {
            return !flag;
        } else if (value instanceof Long number) {
            return number(number);
        } else if (value instanceof byte[] bytes) {
            return BytesMutator.mutate(bytes, random);
        } else if (value instanceof ThriftList list) {
            return changed(list, depth);
        }
        if (depth < MAX_DEPTH) {
            change((ThriftStruct) value, depth + 1);
        }
        return value;
    }

    private ThriftList changed(ThriftList list, int depth) {
        List<Object> values = new ArrayList<>(list.values());
        if (values.isEmpty()) {
            return list;
        }
        int at = random.nextInt(values.size());
        int other = random.nextInt(values.size());
        switch (random.nextInt(8)) {
            case 0 -> values.remove(at);
            case 1 -> values.add(at, values.get(other));
            case 2 -> {
                Object swapped = values.get(at);
                values.set(at, values.get(other));
                values.set(other, swapped);
            }
            default -> values.set(at, changed(values.get(at), depth + 1));
        }
        return new ThriftList(list.elementType(), values);
    }

    private long number(long number) {
        long[] lies = {
            0,
            1,
            -1,
            -number,
            number + 1,
            number - 1,
            number + 1 + random.nextInt(40),
            number - 1 - random.nextInt(40),
            number * 2,
            number / 2,
            number ^ 1L << random.nextInt(40),
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            numbers.isEmpty() ? 7 : numbers.get(random.nextInt(numbers.size()))
        };
        return lies[random.nextInt(lies.length)];
    }

    @Override
    public String toString() {
        return Arrays.toString(numbers.toArray());
    }
}
