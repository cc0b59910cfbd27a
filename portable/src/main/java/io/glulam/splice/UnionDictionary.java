package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.LittleEndian;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The dictionary of a merged column chunk: the distinct entries of the fragments' dictionaries in order of first
 * appearance, so that the first fragment's keep their indices. Entries compare as raw PLAIN bytes. After the last
 * {@link #add} it may be read by several threads.
 */
class UnionDictionary {
    private final int width;
    private byte[] arena = new byte[1 << 12];
    private int arenaSize;
    private int[] ends = new int[256];
    private int count;
    private int[] table = new int[1 << 10];

    /** @param width bytes of an entry; -1 for BYTE_ARRAY, whose entries carry a length of four bytes */
    UnionDictionary(int width) {
        this.width = width;
    }

    /** Entries so far. */
    final int size() {
        return count;
    }

    /** About how many bytes of memory this takes. */
    final long heapBytes() {
        return arena.length + 4L * (ends.length + table.length);
    }

    /** Bytes of the dictionary page's body. */
    final int byteSize() {
        return arenaSize;
    }

    /** The PLAIN bytes, {@link #byteSize()} of them. */
    final byte[] bytes() {
        return arena;
    }

    /** The entries' values, BYTE_ARRAY without length. */
    final Iterator<byte[]> values() {
        int prefix = width < 0 ? 4 : 0;
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public byte[] next() {
                if (next >= count) {
                    throw new NoSuchElementException();
                }
                byte[] value = Arrays.copyOfRange(arena, start(next) + prefix, ends[next]);
                next++;
                return value;
            }
        };
    }

    /** First byte of an entry (for BYTE_ARRAY, of its length). */
    final int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    /** One past its last byte. */
    final int end(int entry) {
        return ends[entry];
    }

    /**
     * Adds a fragment's dictionary.
     *
     * @param body the decompressed dictionary page
     * @param length its bytes
     * @param entries its number of entries
     * @return whether all its entries keep their indices. Not if more bytes follow: then an index that its header does not
     *     count, which readers refuse, would mean another fragment's entry
     * @throws CorruptFile if the entries do not fit the bytes
     */
    final boolean add(byte[] body, int length, int entries) {
        boolean same = true;
        int position = 0;
        for (int i = 0; i < entries; i++) {
            int end = entryEnd(body, position, length);
            same &= findOrAdd(body, position, end) == i;
            position = end;
        }
        return same && position == length;
    }

    /**
     * Index in this dictionary of every entry of a fragment's.
     *
     * @throws CorruptFile if an entry is not here: the source changed under us
     */
    void map(byte[] body, int length, int entries, int[] mapping) {
        int position = 0;
        for (int i = 0; i < entries; i++) {
            int end = entryEnd(body, position, length);
            int found = table[slot(body, position, end)];
            if (found == 0) {
                throw new CorruptFile(Place.UNKNOWN, "dictionary entry " + i + " was not there when it was surveyed");
            }
            mapping[i] = found - 1;
            position = end;
        }
    }

    private int entryEnd(byte[] body, int position, int length) {
        if (width >= 0) {
            if (length - position < width) {
                throw tooShort();
            }
            return position + width;
        }
        if (length - position < 4) {
            throw tooShort();
        }
        int entryLength = LittleEndian.getInt(body, position);
        if (entryLength < 0 || entryLength > length - position - 4) {
            throw tooShort();
        }
        return position + 4 + entryLength;
    }

    private static CorruptFile tooShort() {
        return new CorruptFile(Place.UNKNOWN, "a dictionary page too short for its entries");
    }

    private int findOrAdd(byte[] body, int from, int to) {
        int slot = slot(body, from, to);
        if (table[slot] != 0) {
            return table[slot] - 1;
        }
        append(body, from, to);
        table[slot] = count;
        if (count * 2 > table.length) {
            rehash();
        }
        return count - 1;
    }

    /** The slot that holds the entry, or the empty one where it belongs. */
    private int slot(byte[] body, int from, int to) {
        if (width == Long.BYTES) {
            return slotOfLong(LittleEndian.getLong(body, from));
        }
        if (width == Integer.BYTES) {
            return slotOfInt(LittleEndian.getInt(body, from));
        }
        int mask = table.length - 1;
        int slot = hash(body, from, to) & mask;
        while (table[slot] != 0) {
            int entry = table[slot] - 1;
            if (equal(arena, start(entry), ends[entry], body, from, to)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** As {@link #slot}, of eight bytes, which compare at once: most dictionaries hold numbers. */
    private int slotOfLong(long value) {
        int mask = table.length - 1;
        int slot = hash(value) & mask;
        int found = table[slot];
        while (found != 0 && LittleEndian.getLong(arena, (found - 1) * Long.BYTES) != value) {
            slot = (slot + 1) & mask;
            found = table[slot];
        }
        return slot;
    }

    private int slotOfInt(int value) {
        int mask = table.length - 1;
        int slot = hash(value) & mask;
        int found = table[slot];
        while (found != 0 && LittleEndian.getInt(arena, (found - 1) * Integer.BYTES) != value) {
            slot = (slot + 1) & mask;
            found = table[slot];
        }
        return slot;
    }

    private void append(byte[] body, int from, int to) {
        int length = to - from;
        if (arena.length - arenaSize < length) {
            arena = Arrays.copyOf(arena, Math.max(Math.addExact(arenaSize, length), arena.length * 2));
        }
        System.arraycopy(body, from, arena, arenaSize, length);
        arenaSize += length;
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = arenaSize;
    }

    private void rehash() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int entry = 0; entry < count; entry++) {
            int slot = hashOf(entry) & mask;
            while (table[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry + 1;
        }
    }

    private int hashOf(int entry) {
        return switch (width) {
            case Long.BYTES -> hash(LittleEndian.getLong(arena, entry * Long.BYTES));
            case Integer.BYTES -> hash(LittleEndian.getInt(arena, entry * Integer.BYTES));
            default -> hash(arena, start(entry), ends[entry]);
        };
    }

    /** Twice, so that the last bytes of big-endian numbers reach every bit. */
    private static int hash(long value) {
        return (int) (mix(mix(value)) >>> 32);
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = 0x9e3779b97f4a7c15L ^ (to - from);
        int i = from;
        for (; to - i >= 8; i += 8) {
            hash = mix(hash ^ LittleEndian.getLong(bytes, i));
        }
        long tail = 0;
        if (to - i >= 4) {
            tail = LittleEndian.getInt(bytes, i);
            i += 4;
        }
        for (; i < to; i++) {
            tail = tail << 8 | (bytes[i] & 0xff);
        }
        // Twice, so that the last bytes of big-endian numbers reach every bit.
        return (int) (mix(mix(hash ^ tail)) >>> 32);
    }

    /** Entries are short: comparing words beats a call that is made for long arrays. */
    static boolean equal(byte[] left, int leftFrom, int leftTo, byte[] right, int rightFrom, int rightTo) {
        int length = leftTo - leftFrom;
        if (length != rightTo - rightFrom) {
            return false;
        }
        int i = 0;
        for (; length - i >= 8; i += 8) {
            if (LittleEndian.getLong(left, leftFrom + i) != LittleEndian.getLong(right, rightFrom + i)) {
                return false;
            }
        }
        if (length - i >= 4) {
            if (LittleEndian.getInt(left, leftFrom + i) != LittleEndian.getInt(right, rightFrom + i)) {
                return false;
            }
            i += 4;
        }
        for (; i < length; i++) {
            if (left[leftFrom + i] != right[rightFrom + i]) {
                return false;
            }
        }
        return true;
    }

    private static long mix(long value) {
        long mixed = value * 0xbf58476d1ce4e5b9L;
        return mixed ^ (mixed >>> 29);
    }
}
