package io.glulam.testkit.bytes;

import io.glulam.testkit.read.Values;
import java.util.Random;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;

/** Recipes about dictionaries and pages of their indices. */
final class NastyDictionaries {
    private NastyDictionaries() {}

    static void addTo(Recipes recipes) {
        entries(recipes);
        widths(recipes);
        nulls(recipes);
        mixes(recipes);
    }

    private static void entries(Recipes recipes) {
        recipes.legal("dictionary", Sample::useDictionary);
        recipes.legal("plain-dictionary-v1", chunk -> {
            if (Sample.hasDictionary(chunk)) {
                chunk.dictionaryEncoding(Encoding.PLAIN_DICTIONARY)
                        .eachPage(page -> page.encoding(Encoding.PLAIN_DICTIONARY));
            }
        });
        recipes.legal("dictionary-with-duplicates", chunk -> {
            Sample.useDictionary(chunk);
            Values distinct = distinct(chunk);
            chunk.dictionary(Sample.hasDictionary(chunk) ? join(distinct, distinct, distinct) : null);
        });
        Random random = recipes.random("dictionary-with-unused-entries");
        recipes.legal("dictionary-with-unused-entries", chunk -> {
            Sample.useDictionary(chunk);
            Values unused = new RandomRows(random).pool(chunk.leaf().element(), 40);
            chunk.dictionary(Sample.hasDictionary(chunk) ? join(unused, distinct(chunk), unused) : null);
        });
        recipes.legal("dictionary-that-no-page-uses", chunk -> {
            if (Sample.hasDictionary(chunk)) {
                chunk.dictionary(distinct(chunk));
            }
        });
        recipes.legal(
                "large-dictionary",
                recipes.sample("large-dictionary").poolSize(3_000).noNulls().file(chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.compression(Compression.of(CompressionCodec.SNAPPY));
                }));
    }

    private static void widths(Recipes recipes) {
        recipes.legal(
                "one-entry-zero-width",
                recipes.sample("one-entry-zero-width").oneValue().file(Sample::useDictionary));
        recipes.legal(
                "one-entry-zero-width-bit-packed",
                recipes.sample("one-entry-zero-width-bit-packed").oneValue().file(chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.eachPage(page -> page.valueRuns(RunStyle.BIT_PACKED));
                }));
        recipes.legal(
                "one-entry-then-many",
                recipes.sample("one-entry-then-many").oneValueThenMany().file(Sample::useDictionary));
        recipes.legal(
                "one-entry-then-many-v2",
                recipes.sample("one-entry-then-many-v2").oneValueThenMany().file(chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.compression(Compression.of(CompressionCodec.ZSTD));
                    chunk.eachPage(page -> page.version(2));
                }));
        Random random = recipes.random("wide-indices");
        recipes.legal("wide-indices", chunk -> {
            Sample.useDictionary(chunk);
            chunk.eachPage(page -> page.extraWidth(random.nextInt(20)).valueRuns(RunStyle.MIXED));
        });
        recipes.legal(
                "one-entry-wide-index",
                recipes.sample("one-entry-wide-index").oneValue().file(chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.eachPage(page -> page.extraWidth(random.nextInt(33)));
                }));
    }

    private static void nulls(Recipes recipes) {
        recipes.legal(
                "empty-dictionary-all-null",
                recipes.sample("empty-dictionary-all-null").allNull().file(Sample::useDictionary));
        recipes.legal(
                "all-null-without-width-byte",
                recipes.sample("all-null-without-width-byte").allNull().file(chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.eachPage(PageScript::withoutWidthByte);
                }));
        recipes.legal(
                "all-null-without-dictionary",
                recipes.sample("all-null-without-dictionary").allNull().file(chunk -> {
                    Sample.useDictionary(chunk);
                    if (chunk.triplets().values().count() == 0) {
                        chunk.withoutDictionaryPage();
                    }
                }));
        recipes.legal(
                "v2-indices-without-bytes",
                recipes.sample("v2-indices-without-bytes").allNull().file(chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.compression(Compression.of(CompressionCodec.SNAPPY));
                    chunk.eachPage(page -> page.version(2).withoutWidthByte().withoutBytesForNoValues());
                }));
    }

    private static void mixes(Recipes recipes) {
        recipes.legal("dictionary-then-plain", chunk -> mix(chunk, (page, pages) -> page < pages / 2));
        recipes.legal("plain-then-dictionary", chunk -> mix(chunk, (page, pages) -> page >= pages / 2));
        recipes.legal("dictionary-and-plain-in-turn", chunk -> mix(chunk, (page, pages) -> page % 2 == 0));
        recipes.legal("dictionary-then-delta", chunk -> {
            Encoding rest = NastyPages.specialEncoding(chunk, 0);
            chunk.eachPage(page -> page.version(2).encoding(rest));
            mix(chunk, (page, pages) -> page < pages / 2);
        });
        Random random = recipes.random("some-chunks-with-dictionary");
        recipes.legal("some-chunks-with-dictionary", chunk -> {
            if (random.nextBoolean()) {
                Sample.useDictionary(chunk);
            }
        });
    }

    private interface Choice {
        boolean useDictionary(int page, int pages);
    }

    private static void mix(ChunkScript chunk, Choice choice) {
        for (int i = 0; i < chunk.pages().size() && Sample.hasDictionary(chunk); i++) {
            if (choice.useDictionary(i, chunk.pages().size())) {
                chunk.pages().get(i).encoding(Encoding.RLE_DICTIONARY);
            }
        }
    }

    private static Values distinct(ChunkScript chunk) {
        return ChunkDictionary.distinct(chunk.triplets().values());
    }

    private static Values join(Values... parts) {
        Values.Builder all = new Values.Builder(0);
        for (Values part : parts) {
            all.addAll(part);
        }
        return all.build();
    }
}
