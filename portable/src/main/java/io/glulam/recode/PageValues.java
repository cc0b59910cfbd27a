package io.glulam.recode;

import io.glulam.decode.ColumnBatch;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The values of a chunk's pages: by dictionary as long as it is within its limit and, unless it was expected, pays on
 * the first page that has values; from the page on where it does not, without. Pages of indices that were handed over
 * stay, in front of all others, and the dictionary is cut back to what they use.
 */
final class PageValues {
    private final ValuesEncoder encoder;
    private final RecodeSettings settings;
    private final @Nullable DictionaryBuilder dictionary;
    /** Entries that pages which were handed over may refer to. */
    private int entriesUsed;

    private boolean abandoned;
    private boolean decided;

    PageValues(Leaf leaf, RecodeSettings settings) {
        this.settings = settings;
        this.encoder = ValuesEncoder.of(leaf, settings.valueEncoding());
        boolean wanted = settings.dictionaryEncoding() != null
                && leaf.type() != PhysicalType.BOOLEAN
                && leaf.valueWidth() != 0
                && settings.maxDictionaryBytes() >= leaf.valueWidth();
        this.dictionary =
                wanted ? DictionaryBuilder.of(leaf, settings.maxDictionaryBytes(), settings.expectedDistinct()) : null;
        this.abandoned = !wanted;
        this.decided = !wanted;
    }

    /** Whether it is known if the chunk has a dictionary: not before its first value. */
    boolean isDecided() {
        return decided;
    }

    /** Decides, for a chunk without values, against a dictionary. */
    void decide() {
        abandoned |= !decided;
        decided = true;
    }

    /** Begins a page. */
    void begin(PageBuffer page) {
        page.clear(!abandoned);
    }

    /** Appends values of a batch to the page, and adds them to its statistics. */
    void append(PageBuffer page, ColumnBatch batch, int from, int length, ValueStatistics statistics) {
        int done = 0;
        DictionaryBuilder entries = dictionary;
        if (entries != null && page.isIndexed()) {
            int at = page.values();
            done = entries.encode(batch, from, length, page.reserveIndices(length), at);
            page.appended(done);
            if (done == length && entries instanceof BytesDictionary bytes && statistics.isBytewise()) {
                statistics.add(batch, from, length, bytes, page.indices(), at);
                return;
            }
            if (done < length) {
                abandon(entries, page);
            }
        }
        statistics.add(batch, from, length);
        page.appendValues(batch, from + done, length - done);
    }

    private void abandon(DictionaryBuilder entries, PageBuffer page) {
        entries.expand(page);
        abandoned = true;
    }

    /** Appends the page's values and gives their encoding. */
    Encoding encode(PageBuffer page, ByteArrayBuilder out) {
        int start = out.size();
        DictionaryBuilder entries = dictionary;
        if (entries != null && page.isIndexed()) {
            Encoding encoding = encodeIndices(page, entries.size(), out);
            if (decided || page.values() == 0 || pays(page, entries, out.size() - start)) {
                decided |= page.values() > 0;
                entriesUsed = entries.size();
                return encoding;
            }
            out.truncate(start);
            abandon(entries, page);
        }
        decided |= page.values() > 0;
        encoder.encode(page, out);
        return settings.valueEncoding();
    }

    private boolean pays(PageBuffer page, DictionaryBuilder entries, int indexBytes) {
        return settings.expectedDistinct() >= 0 || indexBytes + (long) entries.plainSize() < page.plainBytes();
    }

    private Encoding encodeIndices(PageBuffer page, int entryCount, ByteArrayBuilder out) {
        int width = BitWidth.forEntries(entryCount);
        out.append(width);
        HybridEncoder.encode(page.indices(), 0, page.values(), width, out);
        return dictionaryEncoding();
    }

    private Encoding dictionaryEncoding() {
        Encoding encoding = settings.dictionaryEncoding();
        if (encoding == null) {
            throw new IllegalStateException("no dictionary was wanted");
        }
        return encoding;
    }

    /** Appends what a page of nulls holds in front of the first page with values, and gives its encoding. */
    Encoding encodeNothing(ByteArrayBuilder out) {
        PageBuffer nothing = new PageBuffer();
        if (entriesUsed > 0) {
            return encodeIndices(nothing, 0, out);
        }
        encoder.encode(nothing, out);
        return settings.valueEncoding();
    }

    /** Appends the dictionary of the pages handed over; its number of entries, 0 if there is none. */
    int writeDictionary(ByteArrayBuilder out) {
        if (dictionary != null && entriesUsed > 0) {
            dictionary.write(entriesUsed, out);
        }
        return entriesUsed;
    }
}
