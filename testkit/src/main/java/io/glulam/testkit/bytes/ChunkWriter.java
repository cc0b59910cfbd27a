package io.glulam.testkit.bytes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;

/** Writes the pages of a chunk and its footer entry, without indexes and Bloom filter. */
final class ChunkWriter {
    private final ChunkScript script;
    private final ByteSink out;
    private final long start;
    private final List<PageWriter.Written> pages = new ArrayList<>();
    private final List<IndexWriter.Located> located = new ArrayList<>();
    private long firstDataPage = -1;

    private ChunkWriter(ChunkScript script, ByteSink out) {
        this.script = script;
        this.out = out;
        this.start = out.size();
    }

    /** A chunk that has been written. */
    record Result(ChunkScript script, ColumnChunk entry, List<IndexWriter.Located> dataPages) {}

    static Result write(ChunkScript script, ByteSink out, Random random) {
        out.put(new byte[script.gapBefore]);
        ChunkWriter writer = new ChunkWriter(script, out);
        writer.writePages(random);
        return new Result(script, writer.entry(), writer.located);
    }

    private void writePages(Random random) {
        ChunkDictionary dictionary = script.usesDictionary() ? ChunkDictionary.of(script) : null;
        PageWriter writer = new PageWriter(script, dictionary, random);
        for (int i = 0; dictionary != null && script.dictionaryPage && i < script.dictionaryCopies; i++) {
            put(writer.dictionaryPage());
        }
        long row = 0;
        for (PageScript page : script.pages) {
            Slice slice = new Slice(script, page.from, page.to);
            long offset = out.size();
            PageWriter.Written written = writer.page(page, slice);
            put(written);
            if (!page.isIndexPage) {
                firstDataPage = firstDataPage < 0 ? offset : firstDataPage;
                located.add(new IndexWriter.Located(offset, written.size(), row, slice));
                row += slice.rows();
            }
        }
    }

    private void put(PageWriter.Written page) {
        pages.add(page);
        out.put(page.headerBytes()).put(page.body());
    }

    private ColumnChunk entry() {
        long uncompressed =
                pages.stream().mapToLong(PageWriter.Written::uncompressedSize).sum();
        ColumnMetaData data = new ColumnMetaData(
                script.leaf.element().getType(),
                encodings(),
                script.leaf.path(),
                script.compression.codec(),
                script.triplets.count(),
                uncompressed,
                out.size() - start,
                firstDataPage < 0 ? start : firstDataPage);
        setOffsets(data);
        Slice all = new Slice(script, 0, script.triplets.count());
        if (script.stats != ChunkScript.Stats.NONE) {
            data.setStatistics(all.statistics(script.stats));
        }
        if (script.encodingStats) {
            data.setEncoding_stats(encodingStats());
        }
        if (script.sizeStatistics) {
            data.setSize_statistics(all.sizeStatistics());
        }
        ColumnChunk entry = new ColumnChunk(0);
        entry.setMeta_data(data);
        return entry;
    }

    private void setOffsets(ColumnMetaData data) {
        boolean hasDictionary = !pages.isEmpty() && pages.get(0).header().getType() == PageType.DICTIONARY_PAGE;
        if (!hasDictionary) {
            if (script.offsets == ChunkScript.Offsets.ZERO_DICTIONARY_OFFSET) {
                data.setDictionary_page_offset(0);
            }
            return;
        }
        PageWriter.Written dictionary = pages.get(0);
        data.setDictionary_page_offset(start);
        switch (script.offsets) {
            case TRUE -> {}
            case NO_DICTIONARY_OFFSET -> {
                data.unsetDictionary_page_offset();
                data.setData_page_offset(start);
            }
            case ZERO_DICTIONARY_OFFSET -> data.setDictionary_page_offset(0).setData_page_offset(start);
            case BOTH_AT_DICTIONARY -> data.setData_page_offset(start);
            case DATA_WITHOUT_HEADER -> data.setData_page_offset(start + dictionary.body().length);
            case SIZE_WITHOUT_HEADER ->
                data.setTotal_compressed_size(data.getTotal_compressed_size() - dictionary.headerBytes().length);
        }
    }

    private List<Encoding> encodings() {
        Set<Encoding> encodings = new LinkedHashSet<>();
        for (PageWriter.Written page : pages) {
            PageHeader header = page.header();
            if (header.isSetDictionary_page_header()) {
                encodings.add(header.getDictionary_page_header().getEncoding());
            } else if (header.isSetData_page_header()) {
                encodings.add(header.getData_page_header().getEncoding());
                encodings.add(header.getData_page_header().getDefinition_level_encoding());
            } else if (header.isSetData_page_header_v2()) {
                encodings.add(header.getData_page_header_v2().getEncoding());
                encodings.add(Encoding.RLE);
            }
        }
        return new ArrayList<>(encodings);
    }

    private List<PageEncodingStats> encodingStats() {
        Map<PageType, Map<Encoding, Integer>> counts = new TreeMap<>();
        for (PageWriter.Written page : pages) {
            PageHeader header = page.header();
            Encoding encoding = header.isSetDictionary_page_header()
                    ? header.getDictionary_page_header().getEncoding()
                    : header.isSetData_page_header()
                            ? header.getData_page_header().getEncoding()
                            : header.isSetData_page_header_v2()
                                    ? header.getData_page_header_v2().getEncoding()
                                    : null;
            if (encoding != null) {
                counts.computeIfAbsent(header.getType(), type -> new TreeMap<>())
                        .merge(encoding, 1, Integer::sum);
            }
        }
        List<PageEncodingStats> stats = new ArrayList<>();
        counts.forEach((type, encodings) ->
                encodings.forEach((encoding, count) -> stats.add(new PageEncodingStats(type, encoding, count))));
        return stats;
    }
}
