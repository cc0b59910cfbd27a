package io.glulam.splice;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.format.Statistics;
import io.glulam.page.PageHeader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The data pages of one column over the fragments that are merged, in order, in columns: what their headers said. Pages
 * without values are not here.
 */
final class PageTable {
    private int count;
    private long[] position = new long[64];
    private int[] headerLength = new int[64];
    private int[] compressedSize = new int[64];
    private int[] uncompressedSize = new int[64];
    private int[] valueCount = new int[64];
    private int[] rowCount = new int[64];
    private int[] nullCount = new int[64];
    private int[] fragment = new int[64];
    private int[] encoding = new int[64];
    private byte[] flags = new byte[64];
    private @Nullable Statistics @Nullable [] statistics;

    private static final int PAGE_BYTES = 41;
    private static final int STATISTICS_BYTES = 250;

    private static final int VERSION_2 = 1;
    private static final int HAS_CRC = 2;
    private static final int BIT_PACKED_LEVELS = 4;
    private static final int RLE_LEVELS = 8;

    void add(int fragmentIndex, long headerPosition, int length, PageHeader header, Leaf leaf) {
        if (count == position.length) {
            grow();
        }
        position[count] = headerPosition;
        headerLength[count] = length;
        compressedSize[count] = header.compressedSize();
        uncompressedSize[count] = header.uncompressedSize();
        valueCount[count] = header.valueCount();
        rowCount[count] = header.rowCount();
        nullCount[count] = header.nullCount();
        fragment[count] = fragmentIndex;
        encoding[count] = header.encoding();
        flags[count] = (byte) ((header.type() == PageType.DATA_PAGE_V2 ? VERSION_2 : 0)
                | (header.crc() != null ? HAS_CRC : 0)
                | (hasLevels(leaf, header, Encoding.BIT_PACKED) ? BIT_PACKED_LEVELS : 0)
                | (hasLevels(leaf, header, Encoding.RLE) ? RLE_LEVELS : 0));
        if (header.statistics() != null) {
            if (statistics == null) {
                statistics = new Statistics[position.length];
            }
            statistics[count] = header.statistics();
        }
        count++;
    }

    private static boolean hasLevels(Leaf leaf, PageHeader header, Encoding encoding) {
        return leaf.maxDefinitionLevel() > 0 && header.levels().definitionEncoding() == encoding.value()
                || leaf.maxRepetitionLevel() > 0 && header.levels().repetitionEncoding() == encoding.value();
    }

    private void grow() {
        resize(count * 2);
    }

    /** Gives back the room that no page has taken; for when all are added. */
    void trim() {
        resize(Math.max(1, count));
    }

    private void resize(int size) {
        position = Arrays.copyOf(position, size);
        headerLength = Arrays.copyOf(headerLength, size);
        compressedSize = Arrays.copyOf(compressedSize, size);
        uncompressedSize = Arrays.copyOf(uncompressedSize, size);
        valueCount = Arrays.copyOf(valueCount, size);
        rowCount = Arrays.copyOf(rowCount, size);
        nullCount = Arrays.copyOf(nullCount, size);
        fragment = Arrays.copyOf(fragment, size);
        encoding = Arrays.copyOf(encoding, size);
        flags = Arrays.copyOf(flags, size);
        if (statistics != null) {
            statistics = Arrays.copyOf(statistics, size);
        }
    }

    int count() {
        return count;
    }

    /** About how many bytes of memory this takes. */
    long heapBytes() {
        long bytes = (long) position.length * PAGE_BYTES;
        return statistics == null ? bytes : bytes + (long) count * STATISTICS_BYTES;
    }

    /** Offset of the header in the source. */
    long position(int page) {
        return position[page];
    }

    int headerLength(int page) {
        return headerLength[page];
    }

    int compressedSize(int page) {
        return compressedSize[page];
    }

    /** Header and body as stored, in bytes. */
    long storedLength(int page) {
        return (long) headerLength[page] + compressedSize[page];
    }

    /** Of the body. */
    int uncompressedSize(int page) {
        return uncompressedSize[page];
    }

    int valueCount(int page) {
        return valueCount[page];
    }

    /** -1 if the header does not say (version 1). */
    int rowCount(int page) {
        return rowCount[page];
    }

    /** -1 if the header does not say (version 1). */
    int nullCount(int page) {
        return nullCount[page];
    }

    /** Index of the fragment that the page came from. */
    int fragment(int page) {
        return fragment[page];
    }

    /** Thrift value of the values' {@code Encoding}. */
    int encoding(int page) {
        return encoding[page];
    }

    int version(int page) {
        return (flags[page] & VERSION_2) != 0 ? 2 : 1;
    }

    /** Whether levels that exist are in the deprecated BIT_PACKED encoding. */
    boolean hasBitPackedLevels(int page) {
        return (flags[page] & BIT_PACKED_LEVELS) != 0;
    }

    /** Whether levels that exist are in the RLE encoding. */
    boolean hasRleLevels(int page) {
        return (flags[page] & RLE_LEVELS) != 0;
    }

    boolean hasCrc(int page) {
        return (flags[page] & HAS_CRC) != 0;
    }

    /** From the page's header; null if it has none. */
    @Nullable
    Statistics statistics(int page) {
        return statistics == null ? null : statistics[page];
    }
}
