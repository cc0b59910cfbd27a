package io.glulam.manifest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Recorded inputs by name, in the order in which they were added first. Each is held as some 100 bytes, where objects would
 * take five times as much; a record is made each time it is asked for. Tables that are made of each other share these bytes.
 * Immutable.
 */
public final class InputTable extends AbstractMap<String, RecordedInput> {
    /** No input. */
    public static final InputTable EMPTY = new Builder().build();

    private final byte[][] records;
    private final int size;
    private final int[] slots;
    private final List<String> folders;
    private final List<List<String>> outputs;

    private InputTable(Builder builder) {
        this.records = builder.records;
        this.size = builder.size;
        this.slots = builder.slots;
        this.folders = List.copyOf(builder.folders.keySet());
        this.outputs = List.copyOf(builder.outputs.keySet());
    }

    /** Returns a table of a map's records. */
    static InputTable of(Map<String, RecordedInput> inputs) {
        return inputs instanceof InputTable table ? table : EMPTY.plus(inputs.values());
    }

    /** Returns this with more records, which replace those of the same names. */
    InputTable plus(Iterable<RecordedInput> more) {
        Builder builder = new Builder(this);
        more.forEach(builder::put);
        return builder.build();
    }

    /** Returns this with each record changed, its name excepted. */
    InputTable mapped(UnaryOperator<RecordedInput> change) {
        Builder builder = new Builder();
        values().forEach(input -> builder.put(change.apply(input)));
        return builder.build();
    }

    /** Returns this without the records of some names. */
    InputTable without(Collection<String> names) {
        Builder builder = new Builder();
        for (RecordedInput input : values()) {
            if (!names.contains(input.name())) {
                builder.put(input);
            }
        }
        return builder.build();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable RecordedInput get(Object name) {
        int slot = name instanceof String text ? slot(text, slots, records, folders) : -1;
        return slot < 0 || slots[slot] == 0 ? null : record(slots[slot] - 1);
    }

    @Override
    public boolean containsKey(Object name) {
        return name instanceof String text && slots[slot(text, slots, records, folders)] != 0;
    }

    /** Returns the slot that holds a name's record, or the free one in which it would stand. */
    private static int slot(String name, int[] slots, byte[][] records, List<String> folders) {
        int mask = slots.length - 1;
        int slot = spread(name.hashCode()) & mask;
        while (slots[slot] != 0 && !isNamed(records[slots[slot] - 1], name, folders)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static int spread(int hashCode) {
        int hash = hashCode * 0x9E3779B9;
        return hash ^ hash >>> 16;
    }

    private static boolean isNamed(byte[] record, String name, List<String> folders) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
            // The hash first: it spares reading most of the others' names.
            return in.readInt() == name.hashCode() && name.equals(folders.get(in.readInt()) + in.readUTF());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RecordedInput record(int index) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(records[index]));
            in.readInt();
            return new RecordedInput(
                    folders.get(in.readInt()) + in.readUTF(),
                    in.readLong(),
                    in.readUTF(),
                    in.readInt(),
                    in.readBoolean(),
                    in.readLong(),
                    outputs.get(in.readInt()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<Entry<String, RecordedInput>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Iterator<Entry<String, RecordedInput>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Entry<String, RecordedInput>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Entry<String, RecordedInput> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            RecordedInput input = record(next++);
            return Map.entry(input.name(), input);
        }
    }

    /** Makes one table. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Integer> folders = new LinkedHashMap<>();
        private final Map<List<String>, Integer> outputs = new LinkedHashMap<>();
        private final List<String> folderNames = new ArrayList<>();
        private byte[][] records;
        private int size;

        /** Of each place by a name's hash: the number of its record, plus one; 0 is free. At least half are free. */
        private int[] slots;

        public Builder() {
            this.records = new byte[8][];
            this.slots = new int[16];
        }

        private Builder(InputTable table) {
            this.records = table.records.clone();
            this.slots = table.slots.clone();
            this.size = table.size;
            table.folders.forEach(this::folder);
            table.outputs.forEach(list -> outputs.put(list, outputs.size()));
        }

        private int folder(String folder) {
            Integer known = folders.putIfAbsent(folder, folders.size());
            if (known == null) {
                folderNames.add(folder);
                return folders.size() - 1;
            }
            return known;
        }

        private int outputs(List<String> list) {
            Integer known = outputs.putIfAbsent(list, outputs.size());
            return known == null ? outputs.size() - 1 : known;
        }

        /** Adds a record; returns false if it replaced one of the same name. */
        public boolean put(RecordedInput input) {
            byte[] record = bytes(input);
            int slot = slot(input.name(), slots, records, folderNames);
            if (slots[slot] != 0) {
                records[slots[slot] - 1] = record;
                return false;
            }
            if (size == records.length) {
                records = Arrays.copyOf(records, size + (size >> 1));
            }
            records[size++] = record;
            slots[slot] = size;
            if (2 * size > slots.length) {
                spreadOut();
            }
            return true;
        }

        private byte[] bytes(RecordedInput input) {
            int name = input.name().lastIndexOf('/') + 1;
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeInt(input.name().hashCode());
                out.writeInt(folder(input.name().substring(0, name)));
                out.writeUTF(input.name().substring(name));
                out.writeLong(input.size());
                out.writeUTF(input.version());
                out.writeInt(input.rowGroups());
                out.writeBoolean(input.whole());
                out.writeLong(input.kept());
                out.writeInt(outputs(input.outputs()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private void spreadOut() {
            int[] more = new int[2 * slots.length];
            for (int i = 0; i < size; i++) {
                int slot = spread(hash(records[i])) & more.length - 1;
                while (more[slot] != 0) {
                    slot = slot + 1 & more.length - 1;
                }
                more[slot] = i + 1;
            }
            slots = more;
        }

        private static int hash(byte[] record) {
            return (record[0] & 0xFF) << 24 | (record[1] & 0xFF) << 16 | (record[2] & 0xFF) << 8 | record[3] & 0xFF;
        }

        /** Returns the table. */
        public InputTable build() {
            return new InputTable(this);
        }
    }
}
