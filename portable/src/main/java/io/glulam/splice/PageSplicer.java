package io.glulam.splice;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageCounts;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import org.jspecify.annotations.Nullable;

/**
 * Joins source pages of one encoding into one output page without decoding a value: {@link #begin}, {@link #add} each,
 * {@link #finish}. Not thread-safe.
 */
final class PageSplicer {
    private final Leaf leaf;
    private final PageEncoder encoder;
    private final LevelSplicer repetition;
    private final LevelSplicer definition;
    private final IndexSplicer indices;
    private @Nullable ValueSplicer plain;
    private @Nullable ValueSplicer rleBooleans;
    private @Nullable ValueSplicer streams;
    private ValueSplicer values;
    private final ByteArrayBuilder repetitionBytes = new ByteArrayBuilder(256);
    private final ByteArrayBuilder definitionBytes = new ByteArrayBuilder(256);
    private final ByteArrayBuilder valueBytes = new ByteArrayBuilder(1 << 12);
    private int encoding;
    private int valueCount;
    private int rowCount;
    private int nullCount;
    private boolean startsRow;
    private int addedRows;
    private boolean addedStartsRow;

    /** @param indexWidth bits of a dictionary index in the output */
    PageSplicer(Leaf leaf, PageEncoder encoder, PageForm form, int indexWidth) {
        this.leaf = leaf;
        this.encoder = encoder;
        this.repetition = new LevelSplicer(leaf.maxRepetitionLevel());
        this.definition = new LevelSplicer(leaf.maxDefinitionLevel());
        this.indices = new IndexSplicer(indexWidth, form.singleIndexRun());
        this.values = indices;
    }

    /** Whether pages of that encoding can be spliced for that column. */
    static boolean canSplice(Leaf leaf, int encoding) {
        Encoding known = Encoding.of(encoding);
        if (known == null) {
            return false;
        }
        return switch (known) {
            case PLAIN, PLAIN_DICTIONARY, RLE_DICTIONARY -> true;
            case RLE -> leaf.type() == PhysicalType.BOOLEAN;
            case BYTE_STREAM_SPLIT -> leaf.valueWidth() > 0;
            default -> false;
        };
    }

    /**
     * Starts an output page of that encoding.
     *
     * @param expectedBytes of its values, about
     */
    void begin(int pageEncoding, int expectedBytes) {
        encoding = pageEncoding;
        valueCount = 0;
        rowCount = 0;
        nullCount = 0;
        startsRow = true;
        repetition.clear();
        definition.clear();
        values = splicer(pageEncoding);
        values.clear();
        values.expect(expectedBytes);
    }

    /** Sets the dictionary mapping of the pages added next. */
    void mapping(int[] mapping, int entries) {
        indices.mapping(mapping, entries);
    }

    /** Sets the dictionary entries whose use by the pages added next is of interest; null for none. */
    void watch(boolean @Nullable [] entries) {
        indices.watch(entries);
    }

    /** Sets where the pages added next note which entries of their dictionary they use; null for nowhere. */
    void noteUsed(boolean @Nullable [] entries) {
        indices.noteUsed(entries);
    }

    /** Whether a page added since {@link #begin} uses one of those. */
    boolean usesWatched() {
        return values == indices && indices.usesWatched();
    }

    /** Adds a source page's content. Nulls and rows are counted: version 2 headers of Arrow C++ may be wrong. */
    void add(PageHeader header, byte[] body, PageSections sections) {
        int count = header.valueCount();
        int present = definition.countEqual(
                body, sections.definitionFrom(), sections.definitionLength(), count, leaf.maxDefinitionLevel());
        addedRows = repetition.countEqual(body, sections.repetitionFrom(), sections.repetitionLength(), count, 0);
        addedStartsRow = repetition.startsWith(body, sections.repetitionFrom(), sections.repetitionLength(), 0);
        if (valueCount == 0) {
            startsRow = addedStartsRow;
        }
        repetition.add(body, sections.repetitionFrom(), sections.repetitionLength(), count);
        definition.add(body, sections.definitionFrom(), sections.definitionLength(), count);
        values.add(body, sections, present);
        valueCount = Math.addExact(valueCount, count);
        rowCount += addedRows;
        nullCount += count - present;
    }

    /** Rows that begin in the source page that was added last. */
    int addedRows() {
        return addedRows;
    }

    /** Whether that page begins at the beginning of a row. */
    boolean addedStartsRow() {
        return addedStartsRow;
    }

    EncodedPage finish() {
        repetitionBytes.clear();
        definitionBytes.clear();
        repetition.finish(repetitionBytes);
        definition.finish(definitionBytes);
        PageCounts counts = new PageCounts(valueCount, rowCount, nullCount);
        EncodedPage page = encoder.dataPage(encoding, counts, repetitionBytes, definitionBytes, joinedValues());
        return startsRow ? page : page.withoutRowCount();
    }

    private ByteArrayBuilder joinedValues() {
        ByteArrayBuilder joined = values.joined();
        if (joined != null) {
            return joined;
        }
        valueBytes.clear();
        values.finish(valueBytes);
        return valueBytes;
    }

    private ValueSplicer splicer(int pageEncoding) {
        if (Encoding.isDictionary(pageEncoding)) {
            return indices;
        }
        if (pageEncoding == Encoding.RLE.value()) {
            rleBooleans = rleBooleans == null ? new RleBooleanSplicer() : rleBooleans;
            return rleBooleans;
        }
        if (pageEncoding == Encoding.BYTE_STREAM_SPLIT.value()) {
            streams = streams == null ? new ByteStreamSplitSplicer(leaf.valueWidth()) : streams;
            return streams;
        }
        if (plain == null) {
            plain = leaf.type() == PhysicalType.BOOLEAN
                    ? new PlainBooleanSplicer()
                    : new PlainSplicer(leaf.valueWidth());
        }
        return plain;
    }
}
