package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.page.PageHeader;
import io.glulam.page.PageWalker;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceBytes;
import io.glulam.source.SourceFile;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first pass over a column of a merged row group: reads every page header and every dictionary page, no data page's
 * body. Not thread-safe.
 */
public final class ColumnSurveyor {
    private final long dictionaryCap;
    /** Walks through the bytes of {@link #walked}; its window is used again. */
    private @Nullable PageWalker walker;

    private @Nullable SourceBytes walked;

    /** @param dictionaryCap bytes that a union dictionary may take; the largest source dictionary is always allowed */
    public ColumnSurveyor(long dictionaryCap) {
        this.dictionaryCap = dictionaryCap;
    }

    private PageWalker walker(SourceBytes bytes) {
        PageWalker known = walker;
        if (known == null || walked != bytes) {
            known = new PageWalker(bytes, bytes.headerWindow());
            walker = known;
            walked = bytes;
        }
        return known;
    }

    /**
     * Surveys a column.
     *
     * @param fragments at least one
     * @throws CorruptFile if headers or dictionaries contradict the footer or themselves
     * @throws Unsupported if a dictionary is larger than memory allows
     */
    public SurveyedColumn survey(Leaf leaf, List<FragmentChunk> fragments) {
        SourceFile file = fragments.get(0).file();
        PageWalker headers = walker(file.bytes());
        PageTable pages = new PageTable();
        DictionaryTable dictionaries = new DictionaryTable(fragments.size());
        BitSet unknownPages = new BitSet();
        boolean stray = false;
        for (int i = 0; i < fragments.size(); i++) {
            try {
                checkValueCount(leaf, fragments.get(i));
                headers.start(fragments.get(i).chunk());
                stray |= walk(headers, leaf, i, pages, dictionaries, unknownPages);
            } catch (GlulamException failure) {
                throw failure.within(new Place(file.name(), fragments.get(i).rowGroup(), leaf.name(), -1));
            }
        }
        pages.trim();
        UnionDictionary union = new UnionDictionary(leaf.valueWidth());
        boolean same = true;
        boolean complete = unknownPages.isEmpty() && isUnitable(leaf, fragments, dictionaries);
        if (complete) {
            long cap = Math.max(dictionaryCap, largest(dictionaries));
            same = unite(leaf, fragments, dictionaries, union, cap);
            complete = union.byteSize() <= cap;
        }
        return new SurveyedColumn(
                leaf, fragments, pages, dictionaries, complete ? union : null, same, stray, unknownPages);
    }

    /** Merged, a miscounted row group would shift the rows after it. */
    private static void checkValueCount(Leaf leaf, FragmentChunk fragment) {
        long values = fragment.chunk().valueCount();
        if (leaf.maxRepetitionLevel() == 0 ? values != fragment.rows() : values < fragment.rows()) {
            throw new CorruptFile(
                    Place.UNKNOWN, values + " values in a row group of " + fragment.rows() + " rows, which cannot be");
        }
    }

    /** Adds the pages of one chunk; whether it holds pages that must not move. */
    private static boolean walk(
            PageWalker headers,
            Leaf leaf,
            int fragment,
            PageTable pages,
            DictionaryTable dictionaries,
            BitSet unknownPages) {
        boolean stray = false;
        boolean indexed = false;
        int before = pages.count();
        for (PageHeader header = headers.next(); header != null; header = headers.next()) {
            if (header.type() == PageType.DICTIONARY_PAGE) {
                if (dictionaries.has(fragment)) {
                    throw new CorruptFile(Place.at(headers.position()), "a second dictionary page in one column chunk");
                }
                if (pages.count() > before) {
                    throw new CorruptFile(Place.at(headers.position()), "a dictionary page after data pages");
                }
                dictionaries.set(fragment, new DictionaryPage(headers.position(), headers.headerLength(), header));
            } else if (header.isData() && header.valueCount() > 0) {
                indexed |= Encoding.isDictionary(header.encoding());
                pages.add(fragment, headers.position(), headers.headerLength(), header, leaf);
            } else if (header.isData() || header.type() == PageType.INDEX_PAGE) {
                stray = true;
            } else {
                unknownPages.set(fragment);
            }
        }
        if (!indexed && dictionaries.has(fragment)) {
            dictionaries.remove(fragment);
            stray = true;
        }
        return stray;
    }

    /** Returns whether there are dictionaries whose entries can be read. */
    private static boolean isUnitable(Leaf leaf, List<FragmentChunk> fragments, DictionaryTable dictionaries) {
        for (int i = dictionaries.next(0); i >= 0; i = dictionaries.next(i + 1)) {
            if (CompressionCodec.of(fragments.get(i).chunk().codec()) == null) {
                return false;
            }
        }
        return dictionaries.next(0) >= 0 && leaf.valueWidth() != 0;
    }

    private static int largest(DictionaryTable dictionaries) {
        int largest = 0;
        for (int i = dictionaries.next(0); i >= 0; i = dictionaries.next(i + 1)) {
            largest = Math.max(largest, dictionaries.uncompressedSize(i));
        }
        return largest;
    }

    /** Adds the dictionaries to {@code union} until it passes the cap; whether all entries keep their indices. */
    private static boolean unite(
            Leaf leaf, List<FragmentChunk> fragments, DictionaryTable dictionaries, UnionDictionary union, long cap) {
        boolean same = true;
        SourceFile file = fragments.get(0).file();
        try (DictionaryReader reader = new DictionaryReader(file)) {
            for (int i = 0; i < dictionaries.fragments() && union.byteSize() <= cap; i++) {
                DictionaryPage dictionary = dictionaries.get(i);
                if (dictionary == null) {
                    continue;
                }
                try {
                    byte[] body =
                            reader.read(dictionary, fragments.get(i).chunk().codec());
                    same &= union.add(
                            body,
                            dictionary.header().uncompressedSize(),
                            dictionary.header().valueCount());
                } catch (GlulamException failure) {
                    throw failure.within(
                            new Place(file.name(), fragments.get(i).rowGroup(), leaf.name(), dictionary.position()));
                }
            }
        }
        return same && union.byteSize() <= cap;
    }
}
