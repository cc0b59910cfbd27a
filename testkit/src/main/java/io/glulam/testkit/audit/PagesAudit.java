package io.glulam.testkit.audit;

import io.glulam.testkit.lint.ChunkFacts;
import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.lint.PageFacts;
import io.glulam.testkit.lint.Severity;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.PageInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;

/** The pages of a merged chunk: their kinds, their order, their headers, and the lists of encodings in the footer. */
final class PagesAudit {
    /** Page ordinals have 16 bits in Arrow C++. */
    private static final int MAX_PAGES = Short.MAX_VALUE;

    private final ChunkFacts chunk;
    private final MovedPages moved;
    private final Findings findings;

    PagesAudit(ChunkFacts chunk, MovedPages moved, Findings findings) {
        this.chunk = chunk;
        this.moved = moved;
        this.findings = findings;
    }

    void check() {
        checkDictionary();
        checkOrder();
        checkVersion2Headers();
        findings.errorUnlessEqual("encodings", claimedEncodings(), encodings());
        findings.errorUnlessEqual("encoding_stats", claimedCounts(), counts());
    }

    private void checkDictionary() {
        List<PageInfo> pages = chunk.walk().pages();
        long dictionaries = pages.stream().filter(PageInfo::isDictionary).count();
        findings.errorUnless(dictionaries <= 1, dictionaries + " dictionary pages");
        if (dictionaries > 0) {
            findings.errorUnless(pages.get(0).isDictionary(), "the dictionary page is not the first");
            DictionaryPageHeader header = pages.get(0).header().getDictionary_page_header();
            findings.errorUnless(header == null || !header.isIs_sorted(), "the dictionary is called sorted");
        }
        boolean used = pages.stream().anyMatch(PageInfo::isDictionaryEncoded);
        findings.errorUnless(used || dictionaries == 0 || chunk.total().values == 0, "a dictionary that no page uses");
    }

    private void checkOrder() {
        List<PageInfo> pages = chunk.walk().pages();
        findings.errorUnless(pages.size() <= MAX_PAGES, pages.size() + " pages");
        findings.errorUnless(
                pages.stream().noneMatch(page -> page.type() == PageType.INDEX_PAGE), "an index page is carried on");
        boolean plain = false;
        for (PageInfo page : chunk.walk().dataPages()) {
            boolean after = plain && page.isDictionaryEncoded();
            findings.errorUnless(!after || moved.dictionaryAfterPlain(), "dictionary indices after other pages");
            plain |= !page.isDictionaryEncoded();
        }
    }

    private void checkVersion2Headers() {
        for (PageFacts page : chunk.pages()) {
            DataPageHeaderV2 header = page.page.header().getData_page_header_v2();
            if (header == null) {
                continue;
            }
            Severity severity = moved.contains(chunk.file(), page.page) ? Severity.WARNING : Severity.ERROR;
            String at = " of the page at " + page.page.offset();
            if (header.getNum_nulls() != page.nulls) {
                findings.add(severity, "num_nulls" + at + " is " + header.getNum_nulls() + ", should be " + page.nulls);
            }
            if (header.getNum_rows() != page.rows) {
                findings.add(severity, "num_rows" + at + " is " + header.getNum_rows() + ", should be " + page.rows);
            }
            if (page.startsInsideRow) {
                findings.add(severity, "a V2 page begins inside a row" + at);
            }
        }
    }

    private Set<Encoding> claimedEncodings() {
        return new TreeSet<>(chunk.claims().getEncodings());
    }

    /** Of values and of levels, as the page headers have them. */
    private Set<Encoding> encodings() {
        Set<Encoding> encodings = new TreeSet<>();
        LeafColumn leaf = chunk.leaf();
        for (PageInfo page : chunk.walk().pages()) {
            if (page.encoding() != null) {
                encodings.add(page.encoding());
            }
            if (page.type() == PageType.DATA_PAGE_V2 && leaf.maxDefinitionLevel() + leaf.maxRepetitionLevel() > 0) {
                encodings.add(Encoding.RLE);
            } else if (page.type() == PageType.DATA_PAGE && leaf.maxDefinitionLevel() > 0) {
                encodings.add(page.header().getData_page_header().getDefinition_level_encoding());
            }
            if (page.type() == PageType.DATA_PAGE && leaf.maxRepetitionLevel() > 0) {
                encodings.add(page.header().getData_page_header().getRepetition_level_encoding());
            }
        }
        return encodings;
    }

    private Map<String, Integer> claimedCounts() {
        Map<String, Integer> counts = new TreeMap<>();
        if (chunk.claims().isSetEncoding_stats()) {
            for (PageEncodingStats stats : chunk.claims().getEncoding_stats()) {
                counts.merge(stats.getPage_type() + "/" + stats.getEncoding(), stats.getCount(), Integer::sum);
            }
        }
        return counts;
    }

    private Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (PageInfo page : chunk.walk().pages()) {
            counts.merge(page.type() + "/" + page.encoding(), 1, Integer::sum);
        }
        return counts;
    }
}
