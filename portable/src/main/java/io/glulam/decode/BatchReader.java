package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.PageStream;
import io.glulam.statistics.WriterTrust;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a column chunk into batches of triplets. Values are bits: NaN and −0 as stored. Keeps one page and the
 * dictionary in memory. Not thread-safe; closing closes the pages.
 *
 * <p>Every failure is a {@link CorruptFile} or {@link Unsupported} with column and page.
 */
public final class BatchReader implements AutoCloseable {
    private final Leaf leaf;
    private final PageStream pages;
    private final boolean pagesDepend;
    private final LevelDecoder levels;
    private @Nullable ChunkDictionary dictionary;
    private PageStream.@Nullable Page page;
    private PageSections sections = PageSections.EMPTY;
    private @Nullable ValueDecoder values;
    private DeltaDecoders.@Nullable Prefixed previousDelta;
    private int left;

    /**
     * @param pages of one column chunk, or of several one after the other if each begins with its dictionary page or
     *     none has one
     * @param createdBy the file's writer, whose known defects decide how pages are read (PARQUET-246); null if absent
     */
    public BatchReader(Leaf leaf, PageStream pages, @Nullable String createdBy) {
        this(leaf, pages, createdBy, new LevelDecoder(leaf, true));
    }

    private BatchReader(Leaf leaf, PageStream pages, @Nullable String createdBy, LevelDecoder levels) {
        this.leaf = leaf;
        this.pages = pages;
        this.levels = levels;
        this.pagesDepend = !WriterTrust.of(createdBy).trustsPagesOf(Encoding.DELTA_BYTE_ARRAY.value());
    }

    /**
     * Decodes some pages out of a column chunk, of which the first may begin within a row.
     *
     * @param pages as above; the first data page need not be the chunk's first
     * @param createdBy as above
     */
    public static BatchReader ofPart(Leaf leaf, PageStream pages, @Nullable String createdBy) {
        return new BatchReader(leaf, pages, createdBy, new LevelDecoder(leaf, false));
    }

    /**
     * Refills a batch with the next triplets, all of one page.
     *
     * @param batch of the same column
     * @return whether there were any; the batch is empty if not
     */
    public boolean next(ColumnBatch batch) {
        batch.clear();
        try {
            while (left == 0) {
                if (!nextPage()) {
                    return false;
                }
            }
            fill(batch);
            return true;
        } catch (GlulamException failure) {
            throw failure.within(place());
        } catch (ArithmeticException | IndexOutOfBoundsException failure) {
            throw new CorruptFile(place(), "a page that cannot be decoded: " + failure.getMessage(), null, failure);
        }
    }

    /** The current page, for messages. */
    public Place place() {
        return new Place(null, -1, leaf.name(), page == null ? -1 : page.position());
    }

    private void fill(ColumnBatch batch) {
        int count = Math.min(left, ColumnBatch.CAPACITY);
        levels.read(batch, count);
        int valueCount = levels.valuesOf(batch, count);
        if (valueCount > 0) {
            ValueDecoder decoder = values == null ? openValues() : values;
            int possible = decoder.available(valueCount);
            if (possible < valueCount) {
                count = levels.giveBack(batch, count, possible);
                valueCount = possible;
            }
            decoder.read(batch, valueCount);
            checkLengths(batch, valueCount);
        }
        batch.set(count, valueCount, levels.rowsOf(batch, count));
        left -= count;
    }

    /** DELTA_BYTE_ARRAY may give values of any length for a type that has one. */
    private void checkLengths(ColumnBatch batch, int valueCount) {
        int width = leaf.valueWidth();
        if (width >= 0 && values instanceof DeltaDecoders.Prefixed) {
            for (int i = 0; i < valueCount; i++) {
                if (batch.lengths()[i] != width) {
                    throw ValueDecoder.corrupt("a value of " + batch.lengths()[i] + " bytes, expected " + width);
                }
            }
        }
    }

    private boolean nextPage() {
        PageStream.Page next = pages.next();
        page = next;
        values = null;
        if (next == null) {
            return false;
        }
        PageHeader header = next.header();
        if (header.type() == PageType.DICTIONARY_PAGE) {
            openDictionary(next);
        } else if (header.isData()) {
            sections = PageSections.of(header, leaf, next.body(), next.from(), next.length());
            levels.open(next, sections);
            left = header.valueCount();
        } else if (header.type() != PageType.INDEX_PAGE) {
            throw new Unsupported(
                    Place.UNKNOWN, "a page of type " + PageType.nameOf(header.type()) + " cannot be decoded");
        }
        return true;
    }

    private void openDictionary(PageStream.Page next) {
        int encoding = next.header().encoding();
        if (encoding != Encoding.PLAIN.value() && encoding != Encoding.PLAIN_DICTIONARY.value()) {
            throw new Unsupported(
                    Place.UNKNOWN, "a dictionary in encoding " + Encoding.nameOf(encoding) + " cannot be decoded");
        }
        dictionary = ChunkDictionary.of(leaf, next.header().valueCount(), next.body(), next.from(), next.length());
    }

    /** Only when there is a value: pages of nulls may lack what even an empty stream would begin with. */
    private ValueDecoder openValues() {
        PageStream.Page current = page;
        if (current == null) {
            throw new IllegalStateException("no page");
        }
        int from = sections.valuesFrom();
        ValueDecoder decoder = ValueDecoders.of(
                leaf, current.header().encoding(), current.body(), from, from + sections.valuesLength(), dictionary);
        if (pagesDepend && decoder instanceof DeltaDecoders.Prefixed delta) {
            if (previousDelta != null) {
                delta.continueFrom(previousDelta);
            }
            previousDelta = delta;
        }
        values = decoder;
        return decoder;
    }

    @Override
    public void close() {
        pages.close();
    }
}
