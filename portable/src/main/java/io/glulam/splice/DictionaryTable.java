package io.glulam.splice;

import io.glulam.page.PageHeader;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary pages of one column over the fragments that are merged, in columns: a merge has many fragments, and its
 * surveys are kept. A fragment has one dictionary page at most.
 */
final class DictionaryTable {
    private static final int ENTRY_BYTES = 28;
    private static final int[] NONE = {};

    private final int fragments;
    private final BitSet known = new BitSet();
    private final BitSet withCrc = new BitSet();
    private long[] position = {};
    private int[] headerLength = NONE;
    private int[] compressedSize = NONE;
    private int[] uncompressedSize = NONE;
    private int[] entryCount = NONE;
    private int[] encoding = NONE;
    /** Empty while no header has one. */
    private int[] crc = NONE;

    DictionaryTable(int fragments) {
        this.fragments = fragments;
    }

    int fragments() {
        return fragments;
    }

    /** Whether a fragment has one. */
    boolean has(int fragment) {
        return known.get(fragment);
    }

    void set(int fragment, DictionaryPage page) {
        if (position.length == 0) {
            position = new long[fragments];
            headerLength = new int[fragments];
            compressedSize = new int[fragments];
            uncompressedSize = new int[fragments];
            entryCount = new int[fragments];
            encoding = new int[fragments];
        }
        PageHeader header = page.header();
        known.set(fragment);
        position[fragment] = page.position();
        headerLength[fragment] = page.headerLength();
        compressedSize[fragment] = header.compressedSize();
        uncompressedSize[fragment] = header.uncompressedSize();
        entryCount[fragment] = header.valueCount();
        encoding[fragment] = header.encoding();
        Integer stated = header.crc();
        withCrc.set(fragment, stated != null);
        if (stated != null) {
            crc = crc.length == 0 ? new int[fragments] : crc;
            crc[fragment] = stated;
        }
    }

    void remove(int fragment) {
        known.clear(fragment);
    }

    /** A fragment's dictionary page; null if it has none. */
    @Nullable
    DictionaryPage get(int fragment) {
        if (!known.get(fragment)) {
            return null;
        }
        PageHeader header = PageHeader.dictionaryPage(
                uncompressedSize[fragment], compressedSize[fragment], entryCount[fragment], encoding[fragment]);
        return new DictionaryPage(
                position[fragment],
                headerLength[fragment],
                withCrc.get(fragment) ? header.withCrc(crc[fragment]) : header);
    }

    /** The first fragment that has one, from {@code from} on; -1 if there is none. */
    int next(int from) {
        return known.nextSetBit(from);
    }

    /** Thrift value of a fragment's dictionary's encoding. */
    int encoding(int fragment) {
        return encoding[fragment];
    }

    /** Bytes of a fragment's dictionary as stored. */
    int compressedSize(int fragment) {
        return compressedSize[fragment];
    }

    /** Bytes of a fragment's dictionary. */
    int uncompressedSize(int fragment) {
        return uncompressedSize[fragment];
    }

    /** Entries of a fragment's dictionary. */
    int entryCount(int fragment) {
        return entryCount[fragment];
    }

    /** About how many bytes of memory this takes. */
    long heapBytes() {
        return (long) position.length * ENTRY_BYTES + 4L * crc.length;
    }
}
