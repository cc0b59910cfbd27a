package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.ThriftReader;
import io.glulam.page.BitWidth;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import io.glulam.source.SourceFile;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Makes the output pages of one surveyed column, one at a time and each checked against its sources before it is handed
 * over. One instance per worker; not thread-safe.
 */
public final class ColumnSplicer implements AutoCloseable {
    /** Arrays that are to hold more grow while they are filled: sizes in headers are claims. */
    private static final int MAX_EXPECTED = 1 << 20;

    private final SurveyedColumn column;
    private final PageRows rows;
    private final PageForm form;
    private final PageCodec sourceCodec;
    private final PageCodec codec;
    private final PageBodyReader bodies;
    private final DictionaryReader dictionaries;
    private final PageEncoder encoder;
    private final PageSplicer splicer;
    private final ContentDigest expected;
    private final ContentDigest found;
    private int mappedFragment = -1;
    private int[] mapping = new int[0];
    private int mappedEntries;
    private @Nullable StatedBounds bounds;
    private boolean @Nullable [] outside;
    private byte[] dictionaryBody = new byte[0];
    private byte[] checkedBody = new byte[0];
    private DecodedPage last = new DecodedPage(PageHeader.dataPage(0, 0, 0, 0), checkedBody, PageSections.EMPTY);

    /** The source page that was added last; its body is valid until the next is read. */
    @SuppressWarnings("ArrayRecordComponent")
    private record DecodedPage(PageHeader header, byte[] body, PageSections sections) {}

    /** @param rows where the rows go that are counted of each source page */
    public ColumnSplicer(SurveyedColumn column, PageRows rows, PageForm form) {
        this(column, rows, form, form.newCodec(column.file().codecs()));
    }

    /** @param codec of the new chunk, closed with this */
    ColumnSplicer(SurveyedColumn column, PageRows rows, PageForm form, PageCodec codec) {
        SourceFile file = column.file();
        this.column = column;
        this.rows = rows;
        this.form = form;
        this.sourceCodec = file.codecs().of(sourceCodec(column));
        this.codec = codec;
        Leaf leaf = column.leaf();
        this.bodies = file.bodies(sourceCodec);
        this.dictionaries = new DictionaryReader(file);
        this.encoder = new PageEncoder(leaf, codec, form);
        UnionDictionary union = column.union();
        this.splicer = new PageSplicer(leaf, encoder, form, BitWidth.forEntries(union == null ? 0 : union.size()));
        this.expected = new ContentDigest(leaf);
        this.found = new ContentDigest(leaf);
    }

    /** Has the bounds that the source states held against what pages use of their dictionaries. */
    public void check(StatedBounds stated) {
        bounds = stated;
    }

    private static CompressionCodec sourceCodec(SurveyedColumn column) {
        CompressionCodec known = CompressionCodec.of(column.codec());
        if (known == null) {
            throw new IllegalArgumentException("pages in the unknown codec " + column.codec() + " cannot be spliced");
        }
        return known;
    }

    /** Returns the union dictionary's page. */
    public EncodedPage dictionaryPage() {
        UnionDictionary union = column.union();
        if (union == null) {
            throw new IllegalStateException("a column without a union dictionary");
        }
        EncodedPage page =
                encoder.dictionaryPage(union.bytes(), union.byteSize(), union.size(), column.dictionaryEncoding());
        if (!holds(() -> Arrays.equals(
                unpacked(page), 0, page.header().uncompressedSize(), union.bytes(), 0, union.byteSize()))) {
            throw new VerificationFailed(place(0), "the dictionary page does not unpack to the union dictionary");
        }
        return page;
    }

    /**
     * Joins the source pages {@code [from, to)}, which are of one encoding, into one page.
     *
     * @throws CorruptFile if a source page is
     * @throws VerificationFailed if the page made of them does not say what they say
     */
    public EncodedPage splice(int from, int to) {
        PageTable pages = column.pages();
        splicer.begin(pages.encoding(from), expectedBytes(from, to));
        expected.clear();
        for (int page = from; page < to; page++) {
            try {
                add(page, to - from == 1);
            } catch (GlulamException failure) {
                throw failure.within(place(page));
            }
        }
        if (bounds != null && splicer.usesWatched()) {
            bounds.contradict();
        }
        EncodedPage made = splicer.finish();
        check(made, from, to - from == 1);
        return made;
    }

    /**
     * Looks at a source page of dictionary indices that moves as it is: whether it uses entries outside of its fragment's
     * bounds.
     *
     * @throws CorruptFile if the page is
     */
    public void lookAt(int page) {
        PageTable pages = column.pages();
        try {
            PageStream.Page read =
                    bodies.readPage(pages.position(page), pages.headerLength(page), pages.compressedSize(page));
            PageHeader header = read.header();
            byte[] body = read.body();
            useMapping(pages.fragment(page));
            splicer.begin(pages.encoding(page), 0);
            splicer.mapping(mapping, mappedEntries);
            splicer.watch(outside);
            addChecked(page, header, body, PageSections.of(header, column.leaf(), body, 0, header.uncompressedSize()));
            if (bounds != null && splicer.usesWatched()) {
                bounds.contradict();
            }
        } catch (GlulamException failure) {
            throw failure.within(place(page));
        }
    }

    /** Returns what the source pages say to hold together, as far as that can be believed before they are read. */
    private int expectedBytes(int from, int to) {
        long bytes = 0;
        for (int page = from; page < to; page++) {
            bytes += column.pages().uncompressedSize(page);
        }
        return (int) Math.min(MAX_EXPECTED, bytes);
    }

    private void add(int page, boolean alone) {
        PageTable pages = column.pages();
        PageStream.Page read =
                bodies.readPage(pages.position(page), pages.headerLength(page), pages.compressedSize(page));
        PageHeader header = read.header();
        byte[] body = read.body();
        PageSections sections = PageSections.of(header, column.leaf(), body, 0, header.uncompressedSize());
        useMapping(pages.fragment(page));
        splicer.mapping(mapping, mappedEntries);
        splicer.watch(outside);
        addChecked(page, header, body, sections);
        rows.set(page, splicer.addedRows(), splicer.addedStartsRow());
        last = new DecodedPage(header, body, sections);
        if (!alone) {
            digestLast();
        }
    }

    /** Adds a page, and holds what it uses of its dictionary against the bounds that the source states of it. */
    private void addChecked(int page, PageHeader header, byte[] body, PageSections sections) {
        StatedBounds stated = bounds;
        if (stated == null || !Encoding.isDictionary(header.encoding()) || !stated.areOfPage(page)) {
            splicer.noteUsed(null);
            splicer.add(header, body, sections);
            return;
        }
        boolean[] used = new boolean[mappedEntries];
        splicer.noteUsed(used);
        splicer.add(header, body, sections);
        stated.check(page, dictionaryBody, used);
    }

    private void digestLast() {
        expected.addSource(last.header(), last.body(), last.sections(), mapping, mappedEntries);
        expected.addLevels(last.header(), last.body(), last.sections());
    }

    private void useMapping(int fragment) {
        if (fragment == mappedFragment) {
            return;
        }
        mappedFragment = fragment;
        mappedEntries = 0;
        outside = null;
        DictionaryPage dictionary = column.dictionary(fragment);
        UnionDictionary union = column.union();
        if (dictionary == null || union == null) {
            return;
        }
        int entries = dictionary.header().valueCount();
        byte[] body = dictionaries.read(
                dictionary, column.fragments().get(fragment).chunk().codec());
        if (mapping.length < entries) {
            mapping = new int[entries];
        }
        union.map(body, dictionary.header().uncompressedSize(), entries, mapping);
        checkMapping(union, body, entries, fragment);
        mappedEntries = entries;
        dictionaryBody = body;
        if (bounds != null) {
            outside = bounds.outside(fragment, body, entries);
        }
    }

    /** Entry by entry: what an index meant in the fragment is what its mapping means in the union. */
    private void checkMapping(UnionDictionary union, byte[] body, int entries, int fragment) {
        int position = 0;
        for (int i = 0; i < entries; i++) {
            int length = union.end(mapping[i]) - union.start(mapping[i]);
            if (!UnionDictionary.equal(
                    body, position, position + length, union.bytes(), union.start(mapping[i]), union.end(mapping[i]))) {
                throw new VerificationFailed(
                        new Place(
                                column.file().name(),
                                column.fragments().get(fragment).rowGroup(),
                                null,
                                -1),
                        "dictionary entry " + i + " is mapped to another value");
            }
            position += length;
        }
    }

    private void check(EncodedPage made, int firstPage, boolean alone) {
        if (!holds(() -> saysTheSame(made, alone))) {
            throw new VerificationFailed(place(firstPage), "the spliced page differs from its source pages");
        }
    }

    private boolean saysTheSame(EncodedPage made, boolean alone) {
        byte[] body = unpacked(made);
        PageSections sections = PageSections.of(
                made.header(), column.leaf(), body, 0, made.header().uncompressedSize());
        if (alone && sayTheSameIndices(made.header(), body, sections)) {
            return true;
        }
        if (alone) {
            digestLast();
        }
        found.clear();
        found.addOutput(made.header(), body, sections);
        found.addLevels(made.header(), body, sections);
        return found.matches(expected);
    }

    /**
     * Returns whether a page with the levels of the last one, byte for byte, has indices that mean the same, which is
     * seen sooner than by digests.
     */
    private boolean sayTheSameIndices(PageHeader header, byte[] body, PageSections sections) {
        if (header.valueCount() != last.header().valueCount()
                || !Encoding.isDictionary(header.encoding())
                || !Encoding.isDictionary(last.header().encoding())
                || !sections.sameLevels(body, last.sections(), last.body())) {
            return false;
        }
        int present = found.present(header, body, sections);
        return present == 0
                || ContentDigest.indices(body, sections)
                        .sameAs(ContentDigest.indices(last.body(), last.sections()), present, mapping, mappedEntries);
    }

    /** Returns whether what we made is readable and right. */
    private static boolean holds(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (CorruptFile | IndexOutOfBoundsException unreadable) {
            return false;
        }
    }

    /** Returns the page as its bytes say, not as it was meant. */
    private byte[] unpacked(EncodedPage page) {
        PageHeader header = PageHeader.read(new ThriftReader(page.bytes(), 0, page.headerLength(), 0));
        if (!header.equals(page.header())) {
            throw new CorruptFile(Place.UNKNOWN, "a page header that reads back differently");
        }
        checkCrc(page, header);
        if (checkedBody.length < header.uncompressedSize()) {
            checkedBody = new byte[header.uncompressedSize()];
        }
        int levels = header.levels().bytes();
        int from = page.headerLength();
        System.arraycopy(page.bytes(), from, checkedBody, 0, levels);
        int stored = header.compressedSize() - levels;
        int length = header.uncompressedSize() - levels;
        if (header.compressed() && stored > 0) {
            codec.decompress(page.bytes(), from + levels, stored, checkedBody, levels, length);
        } else {
            System.arraycopy(page.bytes(), from + levels, checkedBody, levels, length);
        }
        return checkedBody;
    }

    private static void checkCrc(EncodedPage page, PageHeader header) {
        Integer expectedCrc = header.crc();
        if (expectedCrc == null) {
            return;
        }
        CRC32 crc = new CRC32();
        crc.update(page.bytes(), page.headerLength(), header.compressedSize());
        if (expectedCrc != (int) crc.getValue()) {
            throw new CorruptFile(Place.UNKNOWN, "a page whose checksum is not that of its bytes");
        }
    }

    private Place place(int page) {
        return column.place(page);
    }

    /** Returns the form that the pages take. */
    public PageForm form() {
        return form;
    }

    @Override
    public void close() {
        sourceCodec.close();
        codec.close();
        dictionaries.close();
    }
}
