package io.glulam.recode;

import io.glulam.decode.ChunkDictionary;
import io.glulam.decode.ColumnBatch;
import io.glulam.format.Leaf;
import io.glulam.page.ByteArrayBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary that grows while values are looked up in it: entries in order of first appearance, told apart by their
 * bits, within a limit of bytes. Values that come with a dictionary of their own are looked up once per entry of that.
 * Deterministic. Not thread-safe.
 */
abstract class DictionaryBuilder {
    /** The result of a lookup when a new entry would pass the limit. */
    static final int FULL = -1;

    private static final int UNKNOWN = -1;
    private static final int MIN_EXPECTED = 256;
    private static final int MAX_EXPECTED = 1 << 22;

    /**
     * The table's slots that the values of a batch hash to. That is read for the whole batch before any entry is
     * looked at: reads that do not wait for one another hide how far away a large table is.
     */
    final int[] probed = new int[ColumnBatch.CAPACITY];

    private @Nullable ChunkDictionary source;
    private int[] translation = {};

    /** For values of a column; {@code expected} different ones, -1 if unknown. */
    static DictionaryBuilder of(Leaf leaf, int maxBytes, long expected) {
        int entries = (int) Math.max(MIN_EXPECTED, Math.min(expected, MAX_EXPECTED));
        int width = leaf.valueWidth();
        return ColumnBatch.holdsBytes(leaf.type())
                ? new BytesDictionary(width, maxBytes, entries)
                : new NumberDictionary(width, maxBytes, entries);
    }

    /** Slots of a table for so many entries, at most half of them taken. */
    static int slotsFor(int entries) {
        return Integer.highestOneBit(Math.max(8, entries * 2 - 1)) << 1;
    }

    /** Entries. */
    abstract int size();

    /** Bytes of the entries in encoding PLAIN. */
    abstract int plainSize();

    /**
     * Looks values of a batch up, adding those that are new.
     *
     * @return how many got their index in {@code target}: fewer than {@code length} only if the next one is new and
     *     would pass the limit
     */
    final int encode(ColumnBatch batch, int from, int length, int[] target, int at) {
        ChunkDictionary entries = batch.dictionary();
        if (entries == null) {
            return lookUp(batch, from, length, target, at);
        }
        if (entries != source) {
            source = entries;
            translation = translation.length < entries.count() ? new int[entries.count()] : translation;
            Arrays.fill(translation, 0, entries.count(), UNKNOWN);
        }
        return translate(entries, batch.indices(), from, length, target, at);
    }

    private int translate(ChunkDictionary entries, int[] indices, int from, int length, int[] target, int at) {
        int[] known = translation;
        for (int i = 0; i < length; i++) {
            int index = indices[from + i];
            int entry = known[index];
            if (entry == UNKNOWN) {
                entry = lookUp(entries, index);
                if (entry == FULL) {
                    return i;
                }
                known[index] = entry;
            }
            target[at + i] = entry;
        }
        return length;
    }

    /** Makes room for that many bytes of entries at once. Numbers, which are short, have no need of it. */
    void reserve(long bytes) {}

    /** Looks values up that came without a dictionary. */
    abstract int lookUp(ColumnBatch batch, int from, int length, int[] target, int at);

    /** Looks an entry of another dictionary up. */
    abstract int lookUp(ChunkDictionary entries, int index);

    /** Replaces a page's indices by their values. */
    abstract void expand(PageBuffer page);

    /** The entries in encoding PLAIN, {@link #plainSize} bytes from index 0; not to be written to. */
    abstract byte[] plain();

    /** Appends the first {@code entries} entries in encoding PLAIN. */
    abstract void write(int entries, ByteArrayBuilder out);
}
