package io.glulam.recode;

import io.glulam.decode.ChunkDictionary;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;
import java.util.Arrays;

/** A dictionary of INT32, FLOAT, INT64 or DOUBLE values, open addressing over their bits. */
final class NumberDictionary extends DictionaryBuilder {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    private final int width;
    private final int limit;
    private long[] entries;
    private int size;
    /** Entry and one; 0 where there is none. */
    private int[] table;

    private int shift;

    NumberDictionary(int width, int maxBytes, int expected) {
        this.width = width;
        this.limit = maxBytes / width;
        this.entries = new long[expected];
        this.table = new int[slotsFor(expected)];
        this.shift = shiftFor(table);
    }

    private static int shiftFor(int[] table) {
        return Long.SIZE - Integer.numberOfTrailingZeros(table.length);
    }

    @Override
    int size() {
        return size;
    }

    @Override
    int plainSize() {
        return size * width;
    }

    @Override
    int lookUp(ColumnBatch batch, int from, int length, int[] target, int at) {
        long[] values = batch.numbers();
        probe(values, from, length);
        long[] known = entries;
        for (int i = 0; i < length; i++) {
            long value = values[from + i];
            int likely = probed[i] - 1;
            int entry = likely >= 0 && known[likely] == value ? likely : find(value);
            if (entry == FULL) {
                return i;
            }
            target[at + i] = entry;
        }
        return length;
    }

    private void probe(long[] values, int from, int length) {
        int[] slots = table;
        int right = shift;
        int[] found = probed;
        for (int i = 0; i < length; i++) {
            found[i] = slots[(int) (values[from + i] * FACTOR >>> right)];
        }
    }

    @Override
    int lookUp(ChunkDictionary source, int index) {
        return find(source.numbers()[index]);
    }

    private int find(long value) {
        int[] slots = table;
        int mask = slots.length - 1;
        int slot = (int) (value * FACTOR >>> shift);
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (entries[entry - 1] == value) {
                return entry - 1;
            }
            slot = slot + 1 & mask;
        }
        return add(value, slot);
    }

    private int add(long value, int slot) {
        if (size >= limit) {
            return FULL;
        }
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        entries[size++] = value;
        table[slot] = size;
        if (size * 2 > table.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        int[] slots = new int[table.length * 2];
        int mask = slots.length - 1;
        shift = shiftFor(slots);
        for (int entry = 0; entry < size; entry++) {
            int slot = (int) (entries[entry] * FACTOR >>> shift);
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = entry + 1;
        }
        table = slots;
    }

    @Override
    void expand(PageBuffer page) {
        page.expand(entries);
    }

    @Override
    byte[] plain() {
        ByteArrayBuilder plain = new ByteArrayBuilder(plainSize());
        write(size, plain);
        return plain.array();
    }

    @Override
    void write(int count, ByteArrayBuilder out) {
        byte[] target = out.reserve(count * width);
        int at = out.size();
        for (int i = 0; i < count; i++, at += width) {
            if (width == Integer.BYTES) {
                LittleEndian.setInt(target, at, (int) entries[i]);
            } else {
                LittleEndian.setLong(target, at, entries[i]);
            }
        }
        out.advance(count * width);
    }
}
