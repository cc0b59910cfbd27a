package io.glulam.testkit.bytes;

import java.util.List;
import java.util.Random;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** Recipes about pages: runs, levels, encodings, versions and compression. */
final class NastyPages {
    private NastyPages() {}

    static void addTo(Recipes recipes) {
        plain(recipes);
        runs(recipes);
        encodings(recipes);
        pageSplits(recipes);
        compression(recipes);
        emptyValues(recipes);
        falseCounts(recipes);
    }

    private static void plain(Recipes recipes) {
        recipes.legal("plain-v1", chunk -> {});
        recipes.legal("plain-v2", chunk -> chunk.eachPage(page -> page.version(2)));
        recipes.legal("mixed-page-versions", chunk -> {
            for (int i = 0; i < chunk.pages().size(); i++) {
                chunk.pages().get(i).version(1 + i % 2);
            }
        });
        recipes.legal("bit-packed-levels", chunk -> chunk.eachPage(page -> page.levelEncoding(Encoding.BIT_PACKED)));
        recipes.legal("bit-packed-levels-with-dictionary", chunk -> {
            Sample.useDictionary(chunk);
            chunk.eachPage(page -> page.levelEncoding(Encoding.BIT_PACKED));
        });
        Random random = recipes.random("level-encodings-differ");
        recipes.legal(
                "level-encodings-differ",
                chunk -> chunk.eachPage(
                        page -> page.levelEncoding(random.nextBoolean() ? Encoding.RLE : Encoding.BIT_PACKED)));
    }

    private static void runs(Recipes recipes) {
        for (RunStyle style : RunStyle.values()) {
            String name = style.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            for (int version = 1; version <= 2; version++) {
                int pageVersion = version;
                recipes.legal("runs-" + name + "-v" + version, chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.eachPage(
                            page -> page.version(pageVersion).levelRuns(style).valueRuns(style));
                    if (chunk.leaf().element().getType() == Type.BOOLEAN) {
                        chunk.eachPage(page -> page.encoding(Encoding.RLE));
                    }
                });
            }
        }
    }

    private static void encodings(Recipes recipes) {
        for (int version = 1; version <= 2; version++) {
            int pageVersion = version;
            recipes.legal("delta-and-streams-v" + version, chunk -> {
                Encoding encoding = specialEncoding(chunk, 0);
                chunk.eachPage(page -> page.version(pageVersion).encoding(encoding));
            });
            recipes.legal("byte-stream-split-and-delta-length-v" + version, chunk -> {
                Encoding encoding = specialEncoding(chunk, 1);
                chunk.eachPage(page -> page.version(pageVersion).encoding(encoding));
            });
        }
        Random random = recipes.random("every-encoding-in-one-chunk");
        recipes.legal(
                "every-encoding-in-one-chunk",
                chunk -> chunk.eachPage(page -> {
                    int choice = random.nextInt(4);
                    if (choice == 0 && Sample.hasDictionary(chunk)) {
                        page.encoding(Encoding.RLE_DICTIONARY);
                    } else if (choice > 1) {
                        page.encoding(specialEncoding(chunk, choice - 2));
                    }
                }));
    }

    /** One of the encodings beyond PLAIN and dictionary that the type allows. */
    static Encoding specialEncoding(ChunkScript chunk, int choice) {
        List<Encoding> encodings = switch (chunk.leaf().element().getType()) {
            case BOOLEAN -> List.of(Encoding.RLE);
            case INT32, INT64 -> List.of(Encoding.DELTA_BINARY_PACKED, Encoding.BYTE_STREAM_SPLIT);
            case FLOAT, DOUBLE -> List.of(Encoding.BYTE_STREAM_SPLIT);
            case BYTE_ARRAY -> List.of(Encoding.DELTA_BYTE_ARRAY, Encoding.DELTA_LENGTH_BYTE_ARRAY);
            case FIXED_LEN_BYTE_ARRAY -> List.of(Encoding.DELTA_BYTE_ARRAY, Encoding.BYTE_STREAM_SPLIT);
            case INT96 -> List.of(Encoding.PLAIN);
        };
        return encodings.get(choice % encodings.size());
    }

    private static void pageSplits(Recipes recipes) {
        recipes.legal("one-row-pages", chunk -> {
            chunk.pages().clear();
            chunk.evenPages(1);
            Sample.useDictionary(chunk);
        });
        recipes.legal("pages-inside-rows", chunk -> insideRows(chunk, 7));
        recipes.legal("pages-inside-rows-with-dictionary", chunk -> {
            insideRows(chunk, 5);
            Sample.useDictionary(chunk);
        });
        recipes.legal("empty-pages-v1", chunk -> addEmptyPages(chunk, 1));
        recipes.legal("empty-pages-v2", chunk -> addEmptyPages(chunk, 2));
        recipes.legal("empty-pages-with-dictionary", chunk -> {
            addEmptyPages(chunk, 1);
            Sample.useDictionary(chunk);
        });
        recipes.legal("index-pages", chunk -> {
            chunk.pages().add(1, PageScript.index());
            chunk.pages().add(PageScript.index());
        });
        recipes.legal("index-page-behind-dictionary", chunk -> {
            Sample.useDictionary(chunk);
            chunk.pages().add(Sample.hasDictionary(chunk) ? 0 : 1, PageScript.index());
        });
        recipes.legal("checksums", chunk -> chunk.eachPage(page -> page.checksum(PageScript.Checksum.RIGHT)));
        recipes.legal("checksums-in-some-pages", chunk -> {
            Sample.useDictionary(chunk);
            chunk.compression(Compression.of(CompressionCodec.SNAPPY));
            chunk.pages().get(0).version(2).checksum(PageScript.Checksum.RIGHT);
        });
        recipes.legal(
                "unknown-fields-in-page-headers",
                chunk -> chunk.eachPage(page -> page.tamperHeaderBytes(
                        bytes -> ThriftStruct.parse(bytes).addUnknownFields(100).bytes())));
    }

    private static void insideRows(ChunkScript chunk, int values) {
        chunk.pages().clear();
        for (int from = 0; from < chunk.triplets().count(); from += values) {
            chunk.page(PageScript.data(
                    from, Math.min(from + values, chunk.triplets().count())));
        }
    }

    private static void addEmptyPages(ChunkScript chunk, int version) {
        chunk.pages().add(0, PageScript.data(0, 0));
        chunk.pages().add(1, PageScript.data(0, 0));
        int count = chunk.triplets().count();
        chunk.pages().add(PageScript.data(count, count));
        chunk.eachPage(page -> page.version(version));
    }

    private static void compression(Recipes recipes) {
        for (CompressionCodec codec : CompressionCodec.values()) {
            String name = codec.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            for (int version = 1; version <= 2; version++) {
                int pageVersion = version;
                recipes.legal(name + "-v" + version, chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.compression(Compression.of(codec));
                    chunk.eachPage(page -> page.version(pageVersion));
                });
            }
        }
        for (CompressionCodec codec :
                List.of(CompressionCodec.GZIP, CompressionCodec.ZSTD, CompressionCodec.LZ4, CompressionCodec.LZO)) {
            String name = codec.name().toLowerCase(java.util.Locale.ROOT);
            recipes.legal(name + "-in-pieces", chunk -> chunk.compression(Compression.inPieces(codec, 3)));
        }
        recipes.tolerated(
                "raw-lz4-under-lz4", chunk -> chunk.compression(new Compression(CompressionCodec.LZ4, 1, true)));
        Random random = recipes.random("codecs-differ");
        recipes.legal("codecs-differ", chunk -> {
            Sample.useDictionary(chunk);
            chunk.compression(Compression.of(CompressionCodec.values()[random.nextInt(3)]));
        });
        recipes.legal("uncompressed-v2-pages-in-compressed-chunk", chunk -> {
            chunk.compression(Compression.of(CompressionCodec.ZSTD));
            for (int i = 0; i < chunk.pages().size(); i++) {
                chunk.pages().get(i).version(2);
                if (i % 2 == 0) {
                    chunk.pages().get(i).uncompressed();
                }
            }
        });
    }

    private static void emptyValues(Recipes recipes) {
        for (CompressionCodec codec : List.of(CompressionCodec.SNAPPY, CompressionCodec.GZIP, CompressionCodec.ZSTD)) {
            String name = codec.name().toLowerCase(java.util.Locale.ROOT);
            recipes.legal(
                    "v2-without-value-bytes-" + name,
                    recipes.sample(name).allNull().file(chunk -> {
                        chunk.compression(Compression.of(codec));
                        chunk.eachPage(page -> page.version(2).withoutBytesForNoValues());
                    }));
            recipes.legal(
                    "v2-compressed-nothing-" + name,
                    recipes.sample(name).allNull().file(chunk -> {
                        chunk.compression(Compression.of(codec));
                        chunk.eachPage(page -> page.version(2));
                    }));
        }
        recipes.legal("all-null-v1", recipes.sample("all-null-v1").allNull().file(chunk -> {}));
    }

    /**
     * As Arrow C++ has written them: values counted as rows, and no nulls where there are no statistics; and as
     * parquet-java has: -1 nulls there.
     */
    private static void falseCounts(Recipes recipes) {
        recipes.tolerated(
                "v2-values-counted-as-rows",
                chunk -> chunk.eachPage(page -> page.version(2).tamperHeader(header -> {
                    DataPageHeaderV2 details = header.getData_page_header_v2();
                    details.setNum_rows(details.getNum_values());
                })));
        recipes.tolerated("v2-nulls-unknown", chunk -> {
            chunk.eachPage(page -> page.version(2)
                    .tamperHeader(header -> header.getData_page_header_v2().setNum_nulls(-1)));
            chunk.tamper(footer -> footer.getMeta_data().getStatistics().unsetNull_count());
        });
        recipes.tolerated("v2-nulls-not-counted", chunk -> {
            chunk.eachPage(page -> page.version(2)
                    .tamperHeader(header -> header.getData_page_header_v2().setNum_nulls(0)));
            chunk.tamper(footer -> footer.getMeta_data().getStatistics().unsetNull_count());
        });
    }
}
