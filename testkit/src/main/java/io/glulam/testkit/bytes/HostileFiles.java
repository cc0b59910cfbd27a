package io.glulam.testkit.bytes;

import io.glulam.testkit.bytes.HostileFile.Harm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;

/** Files that break the specification in one chosen way each. */
public final class HostileFiles {
    private final long seed;
    private final List<HostileFile> files = new ArrayList<>();

    private HostileFiles(long seed) {
        this.seed = seed;
    }

    /** One file per way of being wrong. */
    public static List<HostileFile> all(long seed) {
        HostileFiles hostile = new HostileFiles(seed);
        HostileFooters.addTo(hostile);
        hostile.addPageHeaders();
        hostile.addPageBodies();
        hostile.addChunks();
        hostile.addClaims();
        return List.copyOf(hostile.files);
    }

    void add(String name, Harm harm, Supplier<byte[]> bytes) {
        files.add(new HostileFile(name, harm, bytes));
    }

    /** A well-made file to spoil, the same each time. */
    FileScript good(Consumer<ChunkScript> change) {
        return new Sample(seed).file(change);
    }

    private void script(String name, Harm harm, Consumer<ChunkScript> change) {
        add(name, harm, () -> good(change).bytes());
    }

    private void header(String name, Harm harm, Consumer<PageHeader> change) {
        script(name, harm, chunk -> lastPage(chunk).tamperHeader(change));
    }

    private static PageScript lastPage(ChunkScript chunk) {
        return chunk.pages().get(chunk.pages().size() - 1);
    }

    private void addPageHeaders() {
        header("page-bomb", Harm.PAGES, page -> page.setUncompressed_page_size(Integer.MAX_VALUE));
        script("compressed-page-bomb", Harm.PAGES, chunk -> {
            chunk.compression(Compression.of(CompressionCodec.ZSTD));
            lastPage(chunk).tamperHeader(page -> page.setUncompressed_page_size(Integer.MAX_VALUE));
        });
        header("page-of-negative-size", Harm.PAGES, page -> page.setCompressed_page_size(-1));
        header("page-of-negative-uncompressed-size", Harm.PAGES, page -> page.setUncompressed_page_size(-5));
        header("page-behind-file", Harm.PAGES, page -> page.setCompressed_page_size(Integer.MAX_VALUE));
        header(
                "page-of-negative-count",
                Harm.PAGES,
                page -> page.getData_page_header().setNum_values(-1));
        header(
                "page-of-too-many-values",
                Harm.PAGES,
                page -> page.getData_page_header().setNum_values(Integer.MAX_VALUE));
        header(
                "page-of-one-value-too-many",
                Harm.PAGES,
                page -> page.getData_page_header()
                        .setNum_values(page.getData_page_header().getNum_values() + 1_000));
        header("page-without-its-header", Harm.PAGES, PageHeader::unsetData_page_header);
        script(
                "page-header-cut-short",
                Harm.PAGES,
                chunk -> lastPage(chunk).tamperHeaderBytes(bytes -> new byte[] {0x15, (byte) 0xff, (byte) 0xff}));
        script(
                "page-header-without-end",
                Harm.PAGES,
                chunk -> lastPage(chunk).tamperHeaderBytes(bytes -> {
                    byte[] endless = new byte[100_000];
                    java.util.Arrays.fill(endless, (byte) 0xff);
                    return endless;
                }));
        script(
                "v2-levels-longer-than-page",
                Harm.PAGES,
                chunk -> chunk.eachPage(page -> page.version(2)
                        .tamperHeader(header ->
                                header.getData_page_header_v2().setDefinition_levels_byte_length(Integer.MAX_VALUE))));
        script(
                "v2-levels-of-negative-length",
                Harm.PAGES,
                chunk -> chunk.eachPage(page -> page.version(2)
                        .tamperHeader(header -> header.getData_page_header_v2().setRepetition_levels_byte_length(-4))));
    }

    private void addPageBodies() {
        script(
                "wrong-checksums",
                Harm.PAGES,
                chunk -> chunk.eachPage(page -> page.checksum(PageScript.Checksum.WRONG)));
        script("indices-outside-dictionary", Harm.PAGES, chunk -> indices(chunk, 1_000_000, 20));
        script("indices-far-outside-dictionary", Harm.PAGES, chunk -> indices(chunk, -1, 32));
        script("index-width-of-255", Harm.PAGES, chunk -> {
            Sample.useDictionary(chunk);
            chunk.eachPage(page -> page.tamperValues(bytes -> new byte[] {(byte) 255, 3, 0, 0, 0, 0, 0, 0, 0, 0}));
        });
        script("index-runs-cut-short", Harm.PAGES, chunk -> {
            Sample.useDictionary(chunk);
            chunk.eachPage(page -> page.tamperValues(bytes -> new byte[] {5}));
        });
        script("index-run-header-without-end", Harm.PAGES, chunk -> {
            Sample.useDictionary(chunk);
            chunk.eachPage(page -> page.tamperValues(
                    bytes -> new byte[] {5, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}));
        });
        script("values-cut-short", Harm.PAGES, chunk -> lastPage(chunk).tamperValues(bytes -> new byte[0]));
        for (CompressionCodec codec : CompressionCodec.values()) {
            if (codec != CompressionCodec.UNCOMPRESSED) {
                String name = codec.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
                script("garbage-for-" + name, Harm.PAGES, chunk -> {
                    chunk.compression(Compression.of(codec));
                    chunk.eachPage(page -> page.tamperBody(HostileFiles::garbage));
                });
            }
        }
        script("page-unpacks-to-more", Harm.PAGES, chunk -> {
            chunk.compression(Compression.of(CompressionCodec.GZIP));
            lastPage(chunk).tamperHeader(page -> page.setUncompressed_page_size(page.getUncompressed_page_size() - 1));
        });
    }

    private static void indices(ChunkScript chunk, int index, int width) {
        Sample.useDictionary(chunk);
        chunk.eachPage(page -> page.tamperValues(bytes -> new ByteSink()
                .putByte(width)
                .putVarint(1_000_000L << 1)
                .putLittleEndian(index, (width + 7) / 8)
                .bytes()));
    }

    private static byte[] garbage(byte[] body) {
        byte[] garbage = new byte[body.length];
        new java.util.Random(body.length).nextBytes(garbage);
        return garbage;
    }

    private void addChunks() {
        script("two-dictionaries", Harm.CLAIMS, chunk -> {
            Sample.useDictionary(chunk);
            chunk.dictionaryCopies(2);
        });
        script("indices-without-dictionary", Harm.PAGES, chunk -> {
            Sample.useDictionary(chunk);
            chunk.withoutDictionaryPage();
        });
        chunk("chunk-outside-file", Harm.PAGES, data -> data.setData_page_offset(Long.MAX_VALUE - 5));
        chunk("chunk-at-negative-offset", Harm.PAGES, data -> data.setData_page_offset(-10));
        chunk("chunk-between-pages", Harm.PAGES, data -> data.setData_page_offset(data.getData_page_offset() + 1));
        chunk("chunk-of-negative-size", Harm.CLAIMS, data -> data.setTotal_compressed_size(-1));
        chunk("chunk-of-enormous-size", Harm.CLAIMS, data -> data.setTotal_compressed_size(Long.MAX_VALUE));
        chunk("chunk-of-too-many-values", Harm.PAGES, data -> data.setNum_values(Long.MAX_VALUE));
        chunk("chunk-of-too-few-values", Harm.CLAIMS, data -> data.setNum_values(1));
        chunk("chunk-of-negative-count", Harm.CLAIMS, data -> data.setNum_values(-1));
        chunk("chunk-of-another-codec", Harm.PAGES, data -> data.setCodec(CompressionCodec.SNAPPY));
        add(
                "chunks-overlap",
                Harm.CLAIMS,
                () -> good(chunk -> {})
                        .tamper(meta -> {
                            List<ColumnChunk> first =
                                    meta.getRow_groups().get(0).getColumns();
                            List<ColumnChunk> second =
                                    meta.getRow_groups().get(1).getColumns();
                            second.get(0).setMeta_data(first.get(0).getMeta_data());
                            meta.getRow_groups()
                                    .get(1)
                                    .setNum_rows(meta.getRow_groups().get(0).getNum_rows());
                        })
                        .bytes());
    }

    private void chunk(String name, Harm harm, Consumer<ColumnMetaData> change) {
        script(name, harm, chunk -> chunk.tamper(entry -> change.accept(entry.getMeta_data())));
    }

    private void addClaims() {
        add(
                "rows-of-one-group-miscounted",
                Harm.CLAIMS,
                () -> good(chunk -> {})
                        .tamper(meta -> {
                            RowGroup group = meta.getRow_groups().get(0);
                            group.setNum_rows(group.getNum_rows() + 1);
                        })
                        .bytes());
        claim("offset-index-in-footer", chunk -> chunk.setOffset_index_offset(chunk.getOffset_index_offset() + 5_000));
        claim("offset-index-outside-file", chunk -> chunk.setOffset_index_offset(Long.MAX_VALUE - 1));
        claim("column-index-outside-file", chunk -> chunk.setColumn_index_offset(Long.MAX_VALUE - 1));
        claim("bloom-filter-outside-file", chunk -> chunk.getMeta_data().setBloom_filter_offset(Long.MAX_VALUE - 1));
        claim("bloom-filter-in-a-page", chunk -> chunk.getMeta_data().setBloom_filter_offset(5));
        claim("null-count-wrong", chunk -> chunk.getMeta_data().getStatistics().setNull_count(1_000_000));
        claim(
                "encodings-overstated",
                chunk -> chunk.getMeta_data().setEncodings(List.of(org.apache.parquet.format.Encoding.RLE_DICTIONARY)));
    }

    private void claim(String name, Consumer<ColumnChunk> change) {
        script(
                name,
                Harm.CLAIMS,
                chunk -> chunk.withOffsetIndex()
                        .withColumnIndex()
                        .bloomFilter(64)
                        .tamper(change));
    }
}
