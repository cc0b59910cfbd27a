package io.glulam.testkit.lint;

import io.glulam.testkit.read.ChunkPages;
import io.glulam.testkit.read.PageInfo;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;

/** Pages of a chunk: order, counts, sizes and encodings as the footer and the page headers state them. */
final class PagesLint {
    private final ChunkFacts chunk;
    private final ColumnMetaData claims;
    private final ChunkPages walk;
    private final Findings findings;

    PagesLint(ChunkFacts chunk, Findings findings) {
        this.chunk = chunk;
        this.claims = chunk.claims();
        this.walk = chunk.walk();
        this.findings = findings;
    }

    void check() {
        findings.errorUnlessEqual(
                "path_in_schema", claims.getPath_in_schema(), chunk.leaf().path());
        findings.errorUnlessEqual("num_values", claims.getNum_values(), chunk.total().values);
        checkOffsets();
        checkSizes();
        checkOrderOfPages();
        checkKindsOfPages();
        checkVersion2Headers();
        checkEncodings();
        checkEncodingStats();
    }

    private void checkOffsets() {
        List<PageInfo> data = walk.dataPages();
        if (!data.isEmpty()) {
            findings.warningUnlessEqual(
                    "data_page_offset",
                    claims.getData_page_offset(),
                    data.get(0).offset());
        }
        Long dictionary = walk.dictionaryPage().map(PageInfo::offset).orElse(null);
        Long claimed = claims.isSetDictionary_page_offset() ? claims.getDictionary_page_offset() : null;
        findings.warningUnlessEqual("dictionary_page_offset", claimed, dictionary);
    }

    private void checkSizes() {
        findings.errorUnlessEqual(
                "total_compressed_size", claims.getTotal_compressed_size(), walk.walkedEnd() - walk.start());
        long uncompressed = walk.pages().stream()
                .mapToLong(page -> (long) page.headerSize() + page.uncompressedSize())
                .sum();
        findings.warningUnlessEqual("total_uncompressed_size", claims.getTotal_uncompressed_size(), uncompressed);
    }

    private void checkOrderOfPages() {
        List<PageInfo> pages = walk.pages();
        long dictionaries = pages.stream().filter(PageInfo::isDictionary).count();
        findings.errorUnless(dictionaries <= 1, dictionaries + " dictionary pages");
        findings.errorUnless(
                dictionaries == 0 || pages.get(0).isDictionary(), "the dictionary page is not the first page");
        boolean otherSeen = false;
        for (PageInfo page : walk.dataPages()) {
            if (otherSeen && page.isDictionaryEncoded()) {
                findings.warning("dictionary-encoded page at " + page.offset() + " behind one that is not");
                return;
            }
            otherSeen |= !page.isDictionaryEncoded();
        }
    }

    private void checkKindsOfPages() {
        Set<PageType> types = EnumSet.noneOf(PageType.class);
        for (PageInfo page : walk.pages()) {
            types.add(page.type());
            findings.warningUnless(
                    !page.isData() || page.numValues() > 0, "data page without values at " + page.offset());
        }
        findings.warningUnless(!types.contains(PageType.INDEX_PAGE), "index page");
        findings.warningUnless(
                !types.containsAll(Set.of(PageType.DATA_PAGE, PageType.DATA_PAGE_V2)), "data pages of both versions");
        findings.warningUnless(walk.pages().size() <= Short.MAX_VALUE, "more than 32,767 pages");
    }

    private void checkVersion2Headers() {
        for (PageFacts page : chunk.pages()) {
            DataPageHeaderV2 header = page.page.header().getData_page_header_v2();
            if (header != null) {
                String at = " of the page at " + page.page.offset();
                findings.errorUnlessEqual("num_nulls" + at, (long) header.getNum_nulls(), page.nulls);
                findings.errorUnlessEqual("num_rows" + at, (long) header.getNum_rows(), page.rows);
                findings.errorUnless(!page.startsInsideRow, "V2 page begins inside a row" + at);
            }
        }
    }

    private void checkEncodings() {
        Set<Encoding> claimed = EnumSet.noneOf(Encoding.class);
        claims.getEncodings().stream().filter(encoding -> encoding != null).forEach(claimed::add);
        for (PageInfo page : walk.dataPages()) {
            if (!claimed.contains(page.encoding())) {
                findings.error(
                        "encodings " + claimed + " lack " + page.encoding() + " of the page at " + page.offset());
                break;
            }
        }
        Set<Encoding> present = EnumSet.noneOf(Encoding.class);
        walk.pages().stream().filter(page -> page.encoding() != null).forEach(page -> present.add(page.encoding()));
        walk.dataPages().forEach(page -> addLevelEncodings(page, present));
        Set<Encoding> absent = EnumSet.copyOf(claimed);
        absent.removeAll(present);
        // Placeholders in headers of pages without levels are often listed; they say nothing about values.
        absent.removeAll(Set.of(Encoding.RLE, Encoding.BIT_PACKED));
        findings.warningUnless(absent.isEmpty(), "encodings list " + absent + ", which no page has");
        present.removeAll(claimed);
        findings.warningUnless(present.isEmpty(), "encodings " + claimed + " lack " + present);
    }

    private void addLevelEncodings(PageInfo page, Set<Encoding> encodings) {
        boolean repeats = chunk.leaf().maxRepetitionLevel() > 0;
        boolean defines = chunk.leaf().maxDefinitionLevel() > 0;
        if (page.type() == PageType.DATA_PAGE) {
            if (repeats) {
                encodings.add(page.header().getData_page_header().getRepetition_level_encoding());
            }
            if (defines) {
                encodings.add(page.header().getData_page_header().getDefinition_level_encoding());
            }
        } else if (repeats || defines) {
            encodings.add(Encoding.RLE);
        }
    }

    private void checkEncodingStats() {
        if (!claims.isSetEncoding_stats()) {
            return;
        }
        Map<String, Integer> actual = new HashMap<>();
        for (PageInfo page : walk.pages()) {
            if (page.encoding() != null) {
                actual.merge(page.type() + "/" + page.encoding(), 1, Integer::sum);
            }
        }
        Map<String, Integer> claimed = new HashMap<>();
        for (PageEncodingStats stats : claims.getEncoding_stats()) {
            claimed.merge(stats.getPage_type() + "/" + stats.getEncoding(), stats.getCount(), Integer::sum);
        }
        findings.errorUnlessEqual("encoding_stats", claimed, actual);
    }
}
