package io.glulam.recode;

import io.glulam.decode.ChunkDictionary;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.ByteStrings;
import java.util.Arrays;

/** A dictionary of BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96 values, open addressing over their bytes. */
final class BytesDictionary extends DictionaryBuilder {
    private final int limit;
    /** Bytes in front of an entry: its length where that varies. */
    private final int prefix;
    /** The entries in encoding PLAIN. */
    private byte[] arena = new byte[1 << 12];

    private int[] ends;
    private int[] tags;
    private int size;
    /** Entry and one; 0 where there is none. */
    private int[] table;

    /** @param width bytes of a value; -1 for BYTE_ARRAY */
    BytesDictionary(int width, int maxBytes, int expected) {
        this.limit = maxBytes;
        this.prefix = width < 0 ? Integer.BYTES : 0;
        this.ends = new int[expected];
        this.tags = new int[expected];
        this.table = new int[slotsFor(expected)];
    }

    @Override
    int size() {
        return size;
    }

    @Override
    int plainSize() {
        return start(size);
    }

    @Override
    void reserve(long bytes) {
        int room = (int) Math.min(limit, bytes);
        if (room > arena.length) {
            arena = Arrays.copyOf(arena, room);
        }
    }

    private int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    @Override
    int lookUp(ColumnBatch batch, int from, int length, int[] target, int at) {
        byte[] heap = batch.heap();
        int[] starts = batch.starts();
        int[] lengths = batch.lengths();
        long[] hashes = batch.hashes();
        probe(hashes, from, length);
        for (int i = 0; i < length; i++) {
            int value = from + i;
            int likely = probed[i] - 1;
            int entry = likely >= 0
                            && tags[likely] == tag(hashes[value])
                            && holds(likely, heap, starts[value], lengths[value])
                    ? likely
                    : find(heap, starts[value], lengths[value], hashes[value]);
            if (entry == FULL) {
                return i;
            }
            target[at + i] = entry;
        }
        return length;
    }

    private void probe(long[] hashes, int from, int length) {
        int[] slots = table;
        int mask = slots.length - 1;
        int[] found = probed;
        for (int i = 0; i < length; i++) {
            found[i] = slots[(int) hashes[from + i] & mask];
        }
    }

    private static int tag(long hash) {
        return (int) (hash >>> 32);
    }

    @Override
    int lookUp(ChunkDictionary source, int index) {
        return find(source.heap(), source.starts()[index], source.lengths()[index], source.hashes()[index]);
    }

    private int find(byte[] bytes, int from, int length, long hash) {
        int tag = tag(hash);
        int mask = table.length - 1;
        int slot = (int) hash & mask;
        for (int entry = table[slot]; entry != 0; entry = table[slot]) {
            if (tags[entry - 1] == tag && holds(entry - 1, bytes, from, length)) {
                return entry - 1;
            }
            slot = slot + 1 & mask;
        }
        return add(bytes, from, length, tag, slot);
    }

    private boolean holds(int entry, byte[] bytes, int from, int length) {
        int start = start(entry) + prefix;
        return ends[entry] - start == length && ByteStrings.equal(arena, start, bytes, from, length);
    }

    private int add(byte[] bytes, int from, int length, int tag, int slot) {
        int start = start(size);
        long end = (long) start + prefix + length;
        if (end > limit) {
            return FULL;
        }
        if (end > arena.length) {
            arena = Arrays.copyOf(arena, (int) Math.max(end, Math.min(limit, arena.length * 3L / 2)));
        }
        if (prefix > 0) {
            LittleEndian.setInt(arena, start, length);
        }
        System.arraycopy(bytes, from, arena, start + prefix, length);
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
            tags = Arrays.copyOf(tags, size * 2);
        }
        ends[size] = (int) end;
        tags[size] = tag;
        size++;
        table[slot] = size;
        if (size * 2 > table.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        int[] slots = new int[table.length * 2];
        int mask = slots.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int start = start(entry) + prefix;
            int slot = (int) io.glulam.decode.ValueHash.of(arena, start, ends[entry] - start) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = entry + 1;
        }
        table = slots;
    }

    /** Adds an entry to bounds. */
    void addTo(ByteBounds bounds, int entry) {
        int start = start(entry) + prefix;
        bounds.add(arena, start, ends[entry] - start);
    }

    @Override
    void expand(PageBuffer page) {
        page.expand(arena, ends);
    }

    @Override
    byte[] plain() {
        return arena;
    }

    @Override
    void write(int count, ByteArrayBuilder out) {
        out.append(arena, 0, start(count));
    }
}
