package io.glulam.testkit.bytes;

import io.glulam.testkit.bytes.ChunkScript.Offsets;
import io.glulam.testkit.bytes.ChunkScript.Stats;
import io.glulam.testkit.bytes.FileScript.Placement;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Type;

/** Recipes about footers, offsets, statistics, indexes, Bloom filters and what lies between chunks. */
final class NastyFooters {
    private NastyFooters() {}

    static void addTo(Recipes recipes) {
        offsets(recipes);
        statistics(recipes);
        indexes(recipes);
        bloomFilters(recipes);
        space(recipes);
        fields(recipes);
        shapes(recipes);
    }

    private static void offsets(Recipes recipes) {
        recipes.legal("true-offsets", Sample::useDictionary);
        for (Offsets offsets : Offsets.values()) {
            String name = offsets.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (offsets != Offsets.TRUE) {
                recipes.tolerated("offsets-" + name, chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.offsets(offsets);
                });
            }
        }
        recipes.tolerated(
                "offsets-zero-dictionary-without-dictionary", chunk -> chunk.offsets(Offsets.ZERO_DICTIONARY_OFFSET));
    }

    private static void statistics(Recipes recipes) {
        for (Stats stats : Stats.values()) {
            String name = "stats-" + stats.name().toLowerCase(Locale.ROOT).replace('_', '-');
            recipes.legal(name, chunk -> {
                Sample.useDictionary(chunk);
                chunk.stats(stats).withEncodingStats();
            });
        }
        Random random = recipes.random("stats-differ");
        recipes.legal("stats-differ", chunk -> chunk.stats(Stats.values()[random.nextInt(Stats.values().length)]));
        recipes.legal(
                "stats-without-column-orders",
                recipes.sample("stats-without-column-orders").file(chunk -> {}).withoutColumnOrders());
        recipes.legal("page-statistics", chunk -> chunk.eachPage(PageScript::withStatistics));
        recipes.legal("page-statistics-v2", chunk -> {
            Sample.useDictionary(chunk);
            chunk.eachPage(page -> page.version(2).withStatistics());
        });
        recipes.legal("size-statistics", chunk -> {
            Sample.useDictionary(chunk);
            chunk.withSizeStatistics().withColumnIndex().withOffsetIndex();
        });
        recipes.legal("encoding-stats", chunk -> {
            if (chunk.pages().size() > 1 && Sample.hasDictionary(chunk)) {
                chunk.pages().get(0).encoding(Encoding.RLE_DICTIONARY);
            }
            chunk.withEncodingStats();
        });
    }

    private static void indexes(Recipes recipes) {
        for (Placement placement : Placement.values()) {
            String name = placement.name().toLowerCase(Locale.ROOT).replace('_', '-');
            recipes.legal(
                    "indexes-" + name,
                    recipes.sample(name)
                            .file(chunk -> {
                                Sample.useDictionary(chunk);
                                chunk.withColumnIndex().withOffsetIndex();
                            })
                            .indexes(placement));
        }
        recipes.legal("offset-index-only", chunk -> chunk.withOffsetIndex());
        recipes.legal("column-index-only", chunk -> chunk.withColumnIndex());
        recipes.legal(
                "indexes-over-null-pages",
                recipes.sample("indexes-over-null-pages")
                        .allNull()
                        .file(chunk -> chunk.withColumnIndex().withOffsetIndex()));
        Random random = recipes.random("indexes-in-some-chunks");
        recipes.legal("indexes-in-some-chunks", chunk -> {
            if (random.nextBoolean()) {
                chunk.withOffsetIndex();
                if (random.nextBoolean()) {
                    chunk.withColumnIndex();
                }
            }
        });
        recipes.legal("one-row-pages-with-indexes", chunk -> {
            chunk.pages().clear();
            chunk.evenPages(1).withColumnIndex().withOffsetIndex();
            Sample.useDictionary(chunk);
        });
    }

    private static void bloomFilters(Recipes recipes) {
        for (Placement placement : Placement.values()) {
            String name =
                    "bloom-filters-" + placement.name().toLowerCase(Locale.ROOT).replace('_', '-');
            recipes.legal(
                    name,
                    recipes.sample(name).file(chunk -> chunk.bloomFilter(256)).bloomFilters(placement));
        }
        recipes.legal(
                "bloom-filters-without-length", chunk -> chunk.bloomFilter(128).withoutBloomFilterLength());
        Random random = recipes.random("bloom-filters-of-different-sizes");
        recipes.legal("bloom-filters-of-different-sizes", chunk -> chunk.bloomFilter(32 << random.nextInt(6)));
        recipes.legal("bloom-filters-in-some-chunks", chunk -> chunk.bloomFilter(random.nextBoolean() ? 64 : 0));
        recipes.legal("bloom-filters-saturated", chunk -> chunk.bloomFilter(32));
        recipes.legal(
                "everything-between-row-groups",
                recipes.sample("everything-between-row-groups")
                        .file(chunk -> {
                            Sample.useDictionary(chunk);
                            chunk.withColumnIndex().withOffsetIndex().bloomFilter(64);
                        })
                        .indexes(Placement.BEHIND_ROW_GROUP)
                        .bloomFilters(Placement.BEHIND_ROW_GROUP));
    }

    private static void space(Recipes recipes) {
        Random random = recipes.random("gaps");
        recipes.legal("gaps", chunk -> chunk.gapBefore(random.nextInt(100)));
        recipes.legal("metadata-copies-behind-chunks", ChunkScript::metaDataCopyBehind);
    }

    private static void fields(Recipes recipes) {
        recipes.legal(
                "unknown-fields",
                recipes.sample("unknown-fields").file(Sample::useDictionary).tamperFooter(NastyFooters::addUnknown));
        recipes.legal(
                "footer-extension",
                recipes.sample("footer-extension")
                        .file(chunk -> {})
                        .tamperFooter(footer -> ThriftStruct.parse(footer)
                                .add(32_767, ThriftStruct.BINARY, footer)
                                .bytes()));
        recipes.legal("ordinals", recipes.sample("ordinals").file(chunk -> {}).withOrdinals());
        recipes.legal(
                "key-values",
                recipes.sample("key-values")
                        .file(chunk -> {})
                        .keyValue("twice", "1")
                        .keyValue("twice", "2")
                        .keyValue("empty", "")
                        .keyValue("absent", null)
                        .keyValue("", "no key")
                        .keyValue("ARROW:schema", "x".repeat(10_000)));
        recipes.legal(
                "no-creator", recipes.sample("no-creator").file(chunk -> {}).createdBy(null));
        recipes.legal(
                "unknown-creator",
                recipes.sample("unknown-creator").file(Sample::useDictionary).createdBy("Größenwahn 3000 ☃"));
    }

    private static byte[] addUnknown(byte[] footer) {
        ThriftStruct root = ThriftStruct.parse(footer).addUnknownFields(50);
        for (ThriftStruct rowGroup : root.structs(4)) {
            rowGroup.addUnknownFields(60);
            for (ThriftStruct chunk : rowGroup.structs(1)) {
                chunk.addUnknownFields(70);
                chunk.struct(3).orElseThrow().addUnknownFields(80);
                chunk.struct(3).flatMap(data -> data.struct(12)).ifPresent(stats -> stats.addUnknownFields(90));
            }
        }
        root.structs(2).forEach(element -> element.addUnknownFields(100));
        return root.bytes();
    }

    private static void shapes(Recipes recipes) {
        recipes.legal(
                "no-row-groups", recipes.sample("no-row-groups").rowGroups(0).file(chunk -> {}));
        recipes.legal(
                "one-row-group", recipes.sample("one-row-group").rowGroups(1).file(chunk -> {}));
        FileScript empty = recipes.sample("row-groups-without-rows").file(Sample::useDictionary);
        empty.rowGroups().add(1, emptyGroup(empty));
        empty.rowGroups().add(emptyGroup(empty));
        recipes.legal("row-groups-without-rows", empty);
        recipes.legal(
                "int96-and-more",
                recipes.sample("int96-and-more")
                        .schema(new SchemaScript()
                                .optional("moment", Type.INT96)
                                .required("small", Type.FLOAT)
                                .required("day", Type.INT32)
                                .fixed("pair", FieldRepetitionType.OPTIONAL, 2)
                                .leaf("many", FieldRepetitionType.REPEATED, Type.INT64)
                                .list("deep", 4, Type.BYTE_ARRAY)
                                .build())
                        .file(Sample::useDictionary));
        recipes.legal(
                "many-row-groups",
                recipes.sample("many-row-groups").rowGroups(60).file(Sample::useDictionary));
        recipes.legal(
                "sorted-dictionaries",
                recipes.sample("sorted-dictionaries").oneValue().file(chunk -> {
                    Sample.useDictionary(chunk);
                    chunk.dictionarySorted();
                }));
    }

    private static RowGroupScript emptyGroup(FileScript file) {
        List<ChunkScript> chunks = file.leaves().stream()
                .map(leaf -> new ChunkScript(leaf, new Triplets(new int[0], new int[0], Values.empty())))
                .toList();
        return new RowGroupScript(0, chunks);
    }
}
