package io.glulam.splice;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.format.Statistics;
import io.glulam.page.codec.Lz4Framing;
import io.glulam.plan.ColumnFacts;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceFile;
import io.glulam.statistics.WriterTrust;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums a survey up into the facts that the tier policy decides from. */
final class FactsCollector {
    private final SurveyedColumn column;
    private final PageTable pages;
    private final Set<Integer> codecs = new HashSet<>();
    private final Set<Integer> versions = new HashSet<>();
    private final Set<Integer> encodings = new HashSet<>();
    private boolean versionsMixed;
    private boolean plainBeforeDictionary;
    private boolean bitPackedLevels;
    private boolean deltaSuspect;
    private boolean levelsInUnknownCodec;
    private long indexedPages;
    private long uncompressedBytes;
    private long maxPageBytes;

    private FactsCollector(SurveyedColumn column) {
        this.column = column;
        this.pages = column.pages();
    }

    static ColumnFacts collect(SurveyedColumn column) {
        FactsCollector collector = new FactsCollector(column);
        collector.scanPages();
        return collector.facts(column.file().trust(), collector.lz4FramingsDiffer());
    }

    private void scanPages() {
        boolean plainSeen = false;
        for (int page = 0; page < pages.count(); page++) {
            int encoding = pages.encoding(page);
            boolean indexed = Encoding.isDictionary(encoding);
            boolean isFirst = page == 0;
            if (isFirst || encoding != pages.encoding(page - 1)) {
                encodings.add(encoding);
            }
            if (isFirst || pages.version(page) != pages.version(page - 1)) {
                versions.add(pages.version(page));
            }
            indexedPages += indexed ? 1 : 0;
            plainBeforeDictionary |= indexed && plainSeen;
            plainSeen |= !indexed;
            bitPackedLevels |= pages.hasBitPackedLevels(page);
            uncompressedBytes += pages.uncompressedSize(page);
            maxPageBytes = Math.max(maxPageBytes, pages.uncompressedSize(page));
            deltaSuspect |= !column.fragmentOf(page).trust().trustsPagesOf(encoding);
            levelsInUnknownCodec |= pages.version(page) == 1 && hasUnknownCodec(page);
            versionsMixed |= page > 0
                    && pages.fragment(page) == pages.fragment(page - 1)
                    && pages.version(page) != pages.version(page - 1);
        }
    }

    private boolean hasUnknownCodec(int page) {
        return CompressionCodec.of(column.fragmentOf(page).chunk().codec()) == null;
    }

    private ColumnFacts facts(WriterTrust trust, boolean framingsDiffer) {
        long rows = 0;
        long values = 0;
        long compressed = 0;
        int dictionaries = 0;
        long largestDictionary = 0;
        for (int i = 0; i < column.fragments().size(); i++) {
            FragmentChunk fragment = column.fragments().get(i);
            rows += fragment.rows();
            values += fragment.chunk().valueCount();
            compressed += fragment.chunk().compressedSize();
            codecs.add(fragment.chunk().codec());
            if (column.dictionaries().has(i)) {
                dictionaries++;
                largestDictionary =
                        Math.max(largestDictionary, column.dictionaries().uncompressedSize(i));
            }
        }
        @Nullable UnionDictionary union = column.union();
        return new ColumnFacts(
                column.leaf().index(),
                column.leaf().type(),
                column.fragments().size(),
                rows,
                values,
                nulls(),
                compressed,
                uncompressedBytes,
                new ColumnFacts.Pages(
                        codecs, versions, versionsMixed, encodings, pages.count(), indexedPages, maxPageBytes),
                new ColumnFacts.Dictionaries(
                        dictionaries,
                        column.sameIndices(),
                        union == null ? 0 : union.size(),
                        union != null ? union.byteSize() : dictionaries == 0 ? 0 : Long.MAX_VALUE,
                        largestDictionary,
                        plainBeforeDictionary,
                        isDictionaryPossible(trust)),
                new ColumnFacts.Quirks(
                        bitPackedLevels,
                        framingsDiffer,
                        deltaSuspect,
                        column.hasUnknownPages(),
                        misreadEncodings(trust),
                        column.leaf().maxRepetitionLevel() == 0 || !levelsInUnknownCodec));
    }

    /** The sum of the chunks' null counts; -1 if it cannot be known. */
    private long nulls() {
        if (column.leaf().maxDefinitionLevel() == 0) {
            return 0;
        }
        long sum = 0;
        for (FragmentChunk fragment : column.fragments()) {
            Statistics statistics = fragment.chunk().statistics();
            if (statistics == null
                    || statistics.nullCount() < 0
                    || statistics.nullCount() > fragment.chunk().valueCount()
                    || column.leaf().mayHideNulls()) {
                return -1;
            }
            sum += statistics.nullCount();
        }
        return sum;
    }

    private Set<Integer> misreadEncodings(WriterTrust trust) {
        Set<Integer> misread = new HashSet<>();
        int lengthsFirst = Encoding.DELTA_LENGTH_BYTE_ARRAY.value();
        if (column.leaf().isDecimal() && !encodings.contains(lengthsFirst)) {
            misread.add(lengthsFirst); // DuckDB 2.0 reads only texts and binaries in it.
        }
        for (Encoding encoding : Encoding.values()) {
            if (!trust.trustsPagesOf(encoding.value())) {
                misread.add(encoding.value());
            }
        }
        return misread;
    }

    private boolean isDictionaryPossible(WriterTrust trust) {
        return column.leaf().type() != PhysicalType.BOOLEAN
                && column.leaf().valueWidth() != 0
                && !trust.dialect().singleBitPackedRunForByteWidths();
    }

    /** Also true if all are raw: what we write is framed. */
    private boolean lz4FramingsDiffer() {
        boolean raw = false;
        boolean lz4 = false;
        for (int page = 0; page < pages.count(); page++) {
            boolean first = page == 0 || pages.fragment(page) != pages.fragment(page - 1);
            if (first && column.fragmentOf(page).chunk().codec() == CompressionCodec.LZ4.ordinal()) {
                lz4 = true;
                raw |= framing(page) == Lz4Framing.RAW;
            }
        }
        return lz4 && raw;
    }

    private Lz4Framing framing(int page) {
        SourceFile file = column.file();
        int length = pages.compressedSize(page);
        if (pages.version(page) == 2 || length > file.maxPageBytes()) {
            return Lz4Framing.RAW;
        }
        byte[] body = new byte[length];
        file.bytes().read(pages.position(page) + pages.headerLength(page), body, 0, length);
        return Lz4Framing.detect(body, 0, length, pages.uncompressedSize(page));
    }
}
