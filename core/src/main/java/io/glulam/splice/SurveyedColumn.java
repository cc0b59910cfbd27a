package io.glulam.splice;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass over a column of a merged row group found: every data page's header, the dictionaries and, within
 * the cap, their union. Immutable after the survey.
 */
public final class SurveyedColumn {
    private final Leaf leaf;
    private final List<Fragment> fragments;
    private final PageTable pages;
    private final @Nullable DictionaryPage[] dictionaries;
    private final @Nullable UnionDictionary union;
    private final boolean sameIndices;
    private final int dictionaryEncoding;
    private final boolean strayPages;

    SurveyedColumn(
            Leaf leaf,
            List<Fragment> fragments,
            PageTable pages,
            @Nullable DictionaryPage[] dictionaries,
            @Nullable UnionDictionary union,
            boolean sameIndices,
            boolean strayPages) {
        this.leaf = leaf;
        this.fragments = List.copyOf(fragments);
        this.pages = pages;
        this.dictionaries = dictionaries;
        this.union = union;
        this.sameIndices = sameIndices;
        this.strayPages = strayPages;
        this.dictionaryEncoding = firstEncoding(dictionaries);
    }

    private static int firstEncoding(@Nullable DictionaryPage[] dictionaries) {
        for (DictionaryPage dictionary : dictionaries) {
            if (dictionary != null) {
                return dictionary.header().encoding();
            }
        }
        return Encoding.PLAIN.value();
    }

    public Leaf leaf() {
        return leaf;
    }

    /** In source order. */
    public List<Fragment> fragments() {
        return fragments;
    }

    PageTable pages() {
        return pages;
    }

    /** Number of data pages that hold values. */
    public int pageCount() {
        return pages.count();
    }

    /** The fragment's dictionary page; null if its data pages use none. */
    @Nullable
    DictionaryPage dictionary(int fragment) {
        return dictionaries[fragment];
    }

    /** The union of all dictionaries; null if there are none, or it passed the cap. */
    @Nullable
    UnionDictionary union() {
        return union;
    }

    /** Whether every fragment's indices mean the same in the union, so that index pages may move as they are. */
    boolean sameIndices() {
        return sameIndices;
    }

    /** Thrift value of the dictionary page's encoding, as the first fragment has it. */
    int dictionaryEncoding() {
        return dictionaryEncoding;
    }

    /** Whether pages without values, index pages or unused dictionaries lie between the pages to be moved. */
    boolean hasStrayPages() {
        return strayPages;
    }
}
