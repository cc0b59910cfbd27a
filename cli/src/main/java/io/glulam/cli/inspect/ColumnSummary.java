package io.glulam.cli.inspect;

import io.glulam.footer.ChunkEntries;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.Statistics;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * One leaf column over all row groups, as the footer claims.
 *
 * @param leaf which
 * @param encodings names, as the chunks list them
 * @param codecs names
 * @param values including nulls
 * @param nulls -1 if a chunk does not tell
 * @param compressedBytes page headers included
 * @param uncompressedBytes page headers included
 * @param dictionaries chunks that have a dictionary page
 * @param columnIndexes chunks that have a column index
 * @param offsetIndexes chunks that have an offset index
 * @param bloomFilters chunks that have a bloom filter
 * @param damagedAids indexes and bloom filters that the footer places where none can lie; the others do not count them
 * @param bounds chunks whose statistics have a minimum and a maximum
 */
public record ColumnSummary(
        Leaf leaf,
        Set<String> encodings,
        Set<String> codecs,
        long values,
        long nulls,
        long compressedBytes,
        long uncompressedBytes,
        int dictionaries,
        int columnIndexes,
        int offsetIndexes,
        int bloomFilters,
        int damagedAids,
        int bounds) {
    /** Sums up the chunks of each leaf, in one pass through the footer. */
    public static List<ColumnSummary> all(Footer footer) {
        List<Sum> sums =
                footer.schema().leaves().stream().map(leaf -> new Sum()).toList();
        ChunkEntries entries = footer.entries();
        for (int rowGroup = 0; rowGroup < footer.rowGroupCount(); rowGroup++) {
            entries.start(rowGroup);
            for (Sum sum : sums) {
                sum.add(entries.next());
            }
        }
        return footer.schema().leaves().stream()
                .map(leaf -> sums.get(leaf.index()).of(leaf))
                .toList();
    }

    /** The chunks of a leaf so far. */
    private static final class Sum {
        private final Set<String> encodings = new TreeSet<>();
        private final Set<String> codecs = new TreeSet<>();
        private long values;
        private long nulls;
        private long compressed;
        private long uncompressed;
        private int dictionaries;
        private int columnIndexes;
        private int offsetIndexes;
        private int bloomFilters;
        private int damagedAids;
        private int bounds;

        void add(ColumnChunk chunk) {
            for (int encoding : chunk.encodings()) {
                encodings.add(Encoding.nameOf(encoding));
            }
            codecs.add(CompressionCodec.nameOf(chunk.codec()));
            values += chunk.valueCount();
            long chunkNulls =
                    chunk.statistics() == null ? -1 : chunk.statistics().nullCount();
            nulls = nulls < 0 || chunkNulls < 0 ? -1 : nulls + chunkNulls;
            compressed += chunk.compressedSize();
            uncompressed += chunk.uncompressedSize();
            dictionaries += hasDictionary(chunk) ? 1 : 0;
            columnIndexes += chunk.columnIndexOffset() > 0 ? 1 : 0;
            offsetIndexes += chunk.offsetIndexOffset() > 0 ? 1 : 0;
            bloomFilters += chunk.bloomFilterOffset() > 0 ? 1 : 0;
            damagedAids += ColumnSummary.damagedAids(chunk);
            bounds += hasBounds(chunk) ? 1 : 0;
        }

        ColumnSummary of(Leaf leaf) {
            return new ColumnSummary(
                    leaf,
                    encodings,
                    codecs,
                    values,
                    nulls,
                    compressed,
                    uncompressed,
                    dictionaries,
                    columnIndexes,
                    offsetIndexes,
                    bloomFilters,
                    damagedAids,
                    bounds);
        }
    }

    private static int damagedAids(ColumnChunk chunk) {
        return (int) LongStream.of(chunk.columnIndexOffset(), chunk.offsetIndexOffset(), chunk.bloomFilterOffset())
                .filter(offset -> offset == ColumnChunk.UNUSABLE)
                .count();
    }

    /** Some writers leave out the dictionary's offset, so that only the encodings tell. */
    private static boolean hasDictionary(ColumnChunk chunk) {
        return chunk.dictionaryPageOffset() > 0
                || Arrays.stream(chunk.encodings()).anyMatch(Encoding::isDictionary);
    }

    private static boolean hasBounds(ColumnChunk chunk) {
        Statistics statistics = chunk.statistics();
        if (statistics == null) {
            return false;
        }
        boolean ordered = statistics.minValue() != null && statistics.maxValue() != null;
        boolean deprecated = statistics.min() != null && statistics.max() != null;
        return ordered || deprecated;
    }
}
