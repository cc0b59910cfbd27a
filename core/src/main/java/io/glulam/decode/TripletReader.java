package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.format.PhysicalType;
import io.glulam.page.BitWidth;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.PageStream;
import io.glulam.statistics.WriterTrust;
import org.jspecify.annotations.Nullable;

/**
 * A column chunk as the triplets that it holds: repetition level, definition level, value. Values are bits: NaN and −0
 * as stored. Keeps one page and the dictionary in memory. Not thread-safe; closing closes the pages.
 *
 * <p>Every failure is a {@link CorruptFile} or {@link Unsupported} with column and page.
 */
public final class TripletReader implements AutoCloseable {
    private final Leaf leaf;
    private final PageStream pages;
    private final boolean pagesDepend;
    private final int definitionMax;
    private final int repetitionMax;
    private final boolean holdsBytes;
    private final ByteSlice bytes = new ByteSlice();

    private @Nullable PlainEntries dictionary;
    private PageStream.@Nullable Page page;
    private @Nullable PageSections sections;
    private @Nullable ValueReader values;
    private @Nullable DeltaBytesReader previousDelta;
    private RunReader repetitionLevels = RunReader.ZEROES;
    private RunReader definitionLevels = RunReader.ZEROES;
    private boolean started;
    private int left;
    private int repetitionLevel;
    private int definitionLevel;
    private long bits;

    /**
     * @param pages of one column chunk, or of several one after the other if each begins with its dictionary page or
     *     none has one
     * @param createdBy the file's writer, whose known defects decide how pages are read (PARQUET-246); null if absent
     */
    public TripletReader(Leaf leaf, PageStream pages, @Nullable String createdBy) {
        this.leaf = leaf;
        this.pages = pages;
        this.definitionMax = leaf.maxDefinitionLevel();
        this.repetitionMax = leaf.maxRepetitionLevel();
        this.holdsBytes = isBytes(leaf.type());
        this.pagesDepend = !WriterTrust.of(createdBy).trustsPagesOf(Encoding.DELTA_BYTE_ARRAY.value());
    }

    /** Whether both hold the same triplets from where they are, bit for bit; reads both up to a difference. */
    public static boolean same(TripletReader left, TripletReader right) {
        while (left.next()) {
            if (!right.next()
                    || left.repetitionLevel != right.repetitionLevel
                    || left.definitionLevel != right.definitionLevel
                    || !left.isNull() && !left.sameValue(right)) {
                return false;
            }
        }
        return !right.next();
    }

    private boolean sameValue(TripletReader other) {
        return holdsBytes ? bytes().contentEquals(other.bytes()) : bits == other.bits;
    }

    /** Whether values of that type are {@link #bytes} rather than {@link #bits}. */
    public static boolean isBytes(PhysicalType type) {
        return switch (type) {
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> true;
            default -> false;
        };
    }

    /** Moves to the next triplet; false at the end. */
    public boolean next() {
        try {
            while (left == 0) {
                if (!nextPage()) {
                    return false;
                }
            }
            left--;
            readTriplet();
            return true;
        } catch (GlulamException failure) {
            throw failure.within(place());
        } catch (ArithmeticException | IndexOutOfBoundsException failure) {
            throw new CorruptFile(place(), "a page that cannot be decoded: " + failure.getMessage(), null, failure);
        }
    }

    public int repetitionLevel() {
        return repetitionLevel;
    }

    public int definitionLevel() {
        return definitionLevel;
    }

    /** Whether the triplet has no value. */
    public boolean isNull() {
        return definitionLevel < definitionMax;
    }

    /** The value's bits: INT32 and FLOAT sign-extended, BOOLEAN 0 or 1. Undefined for nulls and for bytes. */
    public long bits() {
        return bits;
    }

    /** The value's bytes, for BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY and INT96; valid until {@link #next}. */
    public ByteSlice bytes() {
        return bytes;
    }

    /** The current page, for messages. */
    public Place place() {
        return new Place(null, -1, leaf.name(), page == null ? -1 : page.position());
    }

    private void readTriplet() {
        repetitionLevel = repetitionLevels.next();
        definitionLevel = definitionLevels.next();
        if (repetitionLevel > repetitionMax || definitionLevel > definitionMax) {
            throw ValueReader.corrupt("levels " + repetitionLevel + " and " + definitionLevel
                    + " in a column whose highest are " + repetitionMax + " and " + definitionMax);
        }
        if (!started) {
            started = true;
            if (repetitionLevel != 0) {
                throw ValueReader.corrupt("a column chunk that begins within a row");
            }
        }
        if (definitionLevel == definitionMax) {
            ValueReader reader = values == null ? openValues() : values;
            if (holdsBytes) {
                reader.readBytes(bytes);
                checkLength();
            } else {
                bits = reader.readBits();
            }
        }
    }

    private void checkLength() {
        int width = leaf.valueWidth();
        if (width >= 0 && bytes.length() != width) {
            throw ValueReader.corrupt("a value of " + bytes.length() + " bytes, expected " + width);
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
            openLevels(next);
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
        dictionary = new PlainEntries(leaf, next.header().valueCount(), next.body(), next.from(), next.length());
    }

    private void openLevels(PageStream.Page next) {
        PageHeader header = next.header();
        PageSections parts = PageSections.of(header, leaf, next.body(), next.from(), next.length());
        int repetitionFrom = parts.repetitionFrom();
        int definitionFrom = parts.definitionFrom();
        repetitionLevels = levels(
                header.repetitionLevelEncoding(),
                repetitionMax,
                next.body(),
                repetitionFrom,
                repetitionFrom + parts.repetitionLength());
        definitionLevels = levels(
                header.definitionLevelEncoding(),
                definitionMax,
                next.body(),
                definitionFrom,
                definitionFrom + parts.definitionLength());
        sections = parts;
    }

    private static RunReader levels(int encoding, int max, byte[] body, int from, int to) {
        if (max == 0) {
            return RunReader.ZEROES;
        }
        int width = BitWidth.of(max);
        return encoding == Encoding.BIT_PACKED.value()
                ? new BitPackedLevels(body, from, to, width)
                : new HybridReader(body, from, to, width);
    }

    /** Only when there is a value: pages of nulls may lack what even an empty stream would begin with. */
    private ValueReader openValues() {
        if (page == null || sections == null) {
            throw new IllegalStateException("no page");
        }
        int from = sections.valuesFrom();
        ValueReader reader = ValueReaders.of(
                leaf, page.header().encoding(), page.body(), from, from + sections.valuesLength(), dictionary);
        if (pagesDepend && reader instanceof DeltaBytesReader delta) {
            if (previousDelta != null) {
                delta.continueFrom(previousDelta);
            }
            previousDelta = delta;
        }
        values = reader;
        return reader;
    }

    @Override
    public void close() {
        pages.close();
    }
}
