package io.glulam.testkit.generate;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * How parquet-java writes one row group.
 *
 * @param version V1 or V2 data pages, and with them the encodings that parquet-java chooses
 * @param codec one of {@link #CODECS}
 * @param dictionaryBytes a dictionary that grows beyond this many bytes makes its column fall back in mid-chunk
 * @param pageBytes uncompressed size at which a page is closed
 * @param pageRows rows at which a page is closed
 * @param features what is switched on
 */
public record WriterSettings(
        WriterVersion version,
        CompressionCodecName codec,
        int dictionaryBytes,
        int pageBytes,
        int pageRows,
        Set<Feature> features) {

    /** What can be on or off. */
    public enum Feature {
        /** Columns start with a dictionary; parquet-java gives it up on the first page if it does not pay. */
        DICTIONARY,
        /** Each column but booleans gets a bloom filter, sized for the row group's rows. */
        BLOOM_FILTERS,
        /** Pages carry a CRC. */
        CHECKSUMS,
        /** Chunks have statistics and column indexes. */
        STATISTICS,
        /** Chunks have size statistics and level histograms. */
        SIZE_STATISTICS,
        /** BYTE_STREAM_SPLIT replaces PLAIN where it may. */
        BYTE_STREAM_SPLIT
    }

    /**
     * The codecs that parquet-java writes here, without native Hadoop libraries; LZ4 is in Hadoop's framing. BROTLI and
     * LZO need classes that no dependency here has (DuckDB writes BROTLI).
     */
    public static final List<CompressionCodecName> CODECS = List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD,
            CompressionCodecName.LZ4,
            CompressionCodecName.LZ4_RAW);

    private static final int MIN_ROWS_BETWEEN_SIZE_CHECKS = 10;

    public WriterSettings {
        features = Set.copyOf(features);
    }

    /** V1 pages, SNAPPY, dictionaries, checksums, statistics: what parquet-java does when nothing is said. */
    public static WriterSettings defaults() {
        Set<Feature> features =
                EnumSet.of(Feature.DICTIONARY, Feature.CHECKSUMS, Feature.STATISTICS, Feature.SIZE_STATISTICS);
        return new WriterSettings(
                WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, 1 << 20, 1 << 20, 20_000, features);
    }

    /** Any combination; pages from a handful of rows on. */
    public static WriterSettings any(Random random) {
        int[] sizes = {1 << 20, 1 << 20, 8 << 10, 600};
        int[] rows = {20_000, 20_000, 500, 17};
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        for (Feature feature : Feature.values()) {
            boolean usual = feature == Feature.DICTIONARY || feature == Feature.STATISTICS;
            if (random.nextInt(4) < (usual ? 3 : 2)) {
                features.add(feature);
            }
        }
        return new WriterSettings(
                random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0,
                CODECS.get(random.nextInt(CODECS.size())),
                random.nextInt(3) == 0 ? 400 : 1 << 20,
                sizes[random.nextInt(sizes.length)],
                rows[random.nextInt(rows.length)],
                features);
    }

    /** Whether a feature is on. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** These settings with another page version. */
    public WriterSettings withVersion(WriterVersion other) {
        return new WriterSettings(other, codec, dictionaryBytes, pageBytes, pageRows, features);
    }

    /** These settings with another codec. */
    public WriterSettings withCodec(CompressionCodecName other) {
        return new WriterSettings(version, other, dictionaryBytes, pageBytes, pageRows, features);
    }

    /** These settings with another bound of a dictionary's bytes. */
    public WriterSettings withDictionaryBytes(int other) {
        return new WriterSettings(version, codec, other, pageBytes, pageRows, features);
    }

    /** These settings with other page limits. */
    public WriterSettings withPages(int bytes, int rows) {
        return new WriterSettings(version, codec, dictionaryBytes, bytes, rows, features);
    }

    /** These settings with a feature switched on. */
    public WriterSettings with(Feature feature) {
        Set<Feature> more = new TreeSet<>(features);
        more.add(feature);
        return new WriterSettings(version, codec, dictionaryBytes, pageBytes, pageRows, more);
    }

    /** These settings with a feature switched off. */
    public WriterSettings without(Feature feature) {
        Set<Feature> fewer = new TreeSet<>(features);
        fewer.remove(feature);
        return new WriterSettings(version, codec, dictionaryBytes, pageBytes, pageRows, fewer);
    }

    /** These settings in parquet-java's terms, for a row group of {@code rows} rows. */
    ParquetProperties properties(MessageType schema, long rows) {
        var properties = ParquetProperties.builder()
                .withWriterVersion(version)
                .withDictionaryEncoding(has(Feature.DICTIONARY))
                .withDictionaryPageSize(dictionaryBytes)
                .withPageSize(pageBytes)
                .withPageRowCountLimit(pageRows)
                .withMinRowCountForPageSizeCheck(MIN_ROWS_BETWEEN_SIZE_CHECKS)
                .withPageWriteChecksumEnabled(has(Feature.CHECKSUMS))
                .withStatisticsEnabled(has(Feature.STATISTICS))
                .withSizeStatisticsEnabled(has(Feature.SIZE_STATISTICS))
                .withExtendedByteStreamSplitEncoding(has(Feature.BYTE_STREAM_SPLIT));
        if (has(Feature.BLOOM_FILTERS)) {
            addBloomFilters(properties, schema, rows);
        }
        return properties.build();
    }

    private static void addBloomFilters(ParquetProperties.Builder properties, MessageType schema, long rows) {
        for (var column : schema.getColumns()) {
            if (column.getPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BOOLEAN) {
                String path = String.join(".", column.getPath());
                properties.withBloomFilterEnabled(path, true).withBloomFilterNDV(path, Math.max(rows, 1));
            }
        }
    }

    @Override
    public String toString() {
        return "%s %s dictionary<=%d B, pages %d B or %d rows, %s"
                .formatted(version, codec, dictionaryBytes, pageBytes, pageRows, new TreeSet<>(features));
    }
}
