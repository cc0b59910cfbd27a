package io.glulam.testkit.bytes;

import io.glulam.testkit.bytes.NastyFile.Truth;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/** Files that no library writes and every reader must read. */
public final class NastyFiles {
    /** Those that other readers on the JVM have, so that these files can be put before them too. */
    private static final List<CompressionCodec> CODECS = List.of(
            CompressionCodec.UNCOMPRESSED,
            CompressionCodec.SNAPPY,
            CompressionCodec.GZIP,
            CompressionCodec.ZSTD,
            CompressionCodec.LZ4,
            CompressionCodec.LZ4_RAW);

    private NastyFiles() {}

    /** One file per recipe; the seed decides about values and about choices inside recipes. */
    public static List<NastyFile> all(long seed) {
        Recipes recipes = new Recipes(seed);
        NastyPages.addTo(recipes);
        NastyDictionaries.addTo(recipes);
        NastyFooters.addTo(recipes);
        return recipes.files();
    }

    public static NastyFile named(String name, long seed) {
        return all(seed).stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no recipe " + name));
    }

    /** A legal file where everything is chosen at random, page by page. */
    public static NastyFile random(long seed) {
        Random random = new Random(seed);
        Sample sample = new Sample(seed).rowGroups(2 + random.nextInt(6)).poolSize(2 + random.nextInt(60));
        return random("random-" + seed, sample, random);
    }

    /** As {@link #random}, in a tenth of the bytes: for what is tried millions of times. */
    public static NastyFile small(long seed) {
        Random random = new Random(seed);
        Sample sample = new Sample(seed)
                .rowGroups(2 + random.nextInt(3))
                .poolSize(2 + random.nextInt(12))
                .rows(3, 20);
        return random("small-" + seed, sample, random);
    }

    private static NastyFile random(String name, Sample sample, Random random) {
        boolean codecsDiffer = random.nextInt(4) == 0;
        CompressionCodec codec = anyCodec(random);
        boolean old = random.nextInt(4) == 0;
        boolean exotic = random.nextInt(4) == 0;
        FileScript file = sample.file(chunk -> {
            randomChunk(chunk, codecsDiffer ? anyCodec(random) : codec, random);
            chunk.eachPage(page -> restrict(chunk, page, old, exotic, random));
        });
        file.indexes(FileScript.Placement.values()[random.nextInt(2)]);
        file.bloomFilters(FileScript.Placement.values()[random.nextInt(2)]);
        return new NastyFile(name, Truth.LEGAL, file);
    }

    private static CompressionCodec anyCodec(Random random) {
        return CODECS.get(random.nextInt(CODECS.size()));
    }

    private static void randomChunk(ChunkScript chunk, CompressionCodec codec, Random random) {
        chunk.pages().clear();
        chunk.evenPages(1 + random.nextInt(80));
        chunk.compression(Compression.of(codec));
        chunk.stats(ChunkScript.Stats.values()[random.nextInt(ChunkScript.Stats.values().length)]);
        chunk.gapBefore(random.nextInt(5) == 0 ? random.nextInt(50) : 0);
        chunk.bloomFilter(random.nextInt(3) == 0 ? 32 << random.nextInt(5) : 0);
        if (random.nextBoolean()) {
            chunk.withEncodingStats();
        }
        if (random.nextInt(3) == 0) {
            chunk.withSizeStatistics();
        }
        if (random.nextBoolean()) {
            chunk.withOffsetIndex();
            if (random.nextBoolean()) {
                chunk.withColumnIndex();
            }
        }
        int dictionaryShare = random.nextInt(5);
        chunk.eachPage(page -> randomPage(chunk, page, random.nextInt(4) < dictionaryShare, random));
    }

    private static void randomPage(ChunkScript chunk, PageScript page, boolean dictionary, Random random) {
        page.version(1 + random.nextInt(2));
        page.levelRuns(anyStyle(random)).valueRuns(anyStyle(random));
        if (dictionary && Sample.hasDictionary(chunk)) {
            page.encoding(Encoding.RLE_DICTIONARY).extraWidth(random.nextInt(4) == 0 ? random.nextInt(6) : 0);
        } else if (random.nextBoolean() && chunk.leaf().element().getType() != Type.INT96) {
            page.encoding(NastyPages.specialEncoding(chunk, random.nextInt(2)));
        }
        if (page.version == 2 && random.nextInt(4) == 0) {
            page.uncompressed();
        }
        if (random.nextInt(4) == 0) {
            page.withStatistics();
        }
        if (random.nextInt(3) == 0) {
            page.checksum(PageScript.Checksum.RIGHT);
        }
    }

    /** Most files stay within what DuckDB reads: no BIT_PACKED levels, byte streams only of numbers. */
    private static void restrict(ChunkScript chunk, PageScript page, boolean old, boolean exotic, Random random) {
        if (old && page.version == 1 && random.nextInt(3) == 0) {
            page.levelEncoding(Encoding.BIT_PACKED);
        }
        boolean bytes = chunk.leaf().element().getType() == Type.FIXED_LEN_BYTE_ARRAY;
        if (!exotic && bytes && page.encoding == Encoding.BYTE_STREAM_SPLIT) {
            page.encoding(Encoding.PLAIN);
        }
    }

    private static RunStyle anyStyle(Random random) {
        return RunStyle.values()[random.nextInt(RunStyle.values().length)];
    }
}
