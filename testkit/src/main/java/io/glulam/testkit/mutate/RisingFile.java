package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.Compression;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.RandomRows;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * Draws a small file whose values rise, so that readers can skip by what it says, in any forms of pages. Everything that it
 * says is true. Not thread-safe.
 */
final class RisingFile {
    private static final CompressionCodec[] CODECS = {
        CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.ZSTD
    };

    private final Random random;
    private final RandomRows rows;
    private final boolean plain;
    private final boolean twoVersions;
    private final int version;
    private final boolean sizes;
    private final boolean columnIndex;
    private final boolean offsetIndex;
    private final boolean pageStatistics;
    private final ChunkScript.Stats stats;
    private final CompressionCodec codec;

    RisingFile(Random random) {
        this.random = random;
        rows = new RandomRows(random);
        plain = random.nextBoolean();
        twoVersions = random.nextInt(6) == 0;
        version = 1 + random.nextInt(2);
        sizes = random.nextInt(3) == 0;
        offsetIndex = random.nextInt(4) != 0;
        columnIndex = offsetIndex && random.nextInt(5) != 0;
        pageStatistics = random.nextInt(3) == 0;
        ChunkScript.Stats[] all = ChunkScript.Stats.values();
        stats = random.nextInt(2) == 0 ? ChunkScript.Stats.BOUNDS : all[random.nextInt(all.length)];
        codec = CODECS[random.nextInt(CODECS.length)];
    }

    FileScript file() {
        FileScript file = new FileScript(schema(), 1);
        int groups = random.nextInt(8) == 0 ? 1 : 2 + random.nextInt(4);
        for (int group = 0; group < groups; group++) {
            int count = 20 + random.nextInt(random.nextInt(4) == 0 ? 400 : 80);
            List<ChunkScript> chunks = new ArrayList<>();
            for (LeafColumn leaf : file.leaves()) {
                chunks.add(chunk(leaf, group, count));
            }
            file.rowGroup(new RowGroupScript(count, chunks));
        }
        RisingForms.change(file, random);
        return file;
    }

    private List<SchemaElement> schema() {
        SchemaScript schema = new SchemaScript().optional("i", Type.INT32);
        if (random.nextBoolean()) {
            schema.required("r", Type.INT64);
        }
        if (random.nextInt(3) == 0) {
            schema.optional("d", random.nextBoolean() ? Type.DOUBLE : Type.FLOAT);
        }
        if (random.nextBoolean()) {
            schema.text("s", FieldRepetitionType.OPTIONAL);
        }
        if (random.nextInt(4) == 0) {
            schema.optional("u", Type.INT32);
            schema.last().setConverted_type(ConvertedType.UINT_32);
            schema.last().setLogicalType(LogicalType.INTEGER(new IntType((byte) 32, false)));
        }
        if (random.nextInt(4) == 0) {
            schema.optional("m", Type.INT64);
            schema.last()
                    .setConverted_type(ConvertedType.DECIMAL)
                    .setPrecision(12)
                    .setScale(2);
            schema.last().setLogicalType(LogicalType.DECIMAL(new DecimalType(2, 12)));
        }
        if (random.nextInt(5) == 0) {
            schema.optional("b", Type.BOOLEAN);
        }
        if (random.nextInt(4) == 0) {
            schema.fixed("x", FieldRepetitionType.OPTIONAL, 4);
        }
        if (random.nextBoolean()) {
            schema.list("l", 1, Type.INT32);
        }
        if (random.nextInt(3) == 0) {
            schema.list("w", 2, Type.BYTE_ARRAY);
        }
        if (random.nextInt(4) == 0) {
            schema.struct("o", FieldRepetitionType.OPTIONAL, "v", Type.INT64);
        }
        RisingForms.addColumns(schema, random);
        return schema.build();
    }

    private ChunkScript chunk(LeafColumn leaf, int group, int count) {
        Triplets triplets = triplets(leaf, group, count);
        int pageVersion = twoVersions ? 1 + random.nextInt(2) : version;
        Encoding encoding = encoding(leaf.element().getType());
        int fallback = random.nextInt(4) == 0 ? 2 : Integer.MAX_VALUE;
        ChunkScript chunk = new ChunkScript(leaf, triplets).stats(stats).compression(Compression.of(codec));
        addPages(chunk, pageVersion);
        for (int i = 0; i < chunk.pages().size(); i++) {
            PageScript page = chunk.pages().get(i);
            page.version(pageVersion).encoding(i < fallback ? encoding : Encoding.PLAIN);
            if (pageStatistics) {
                page.withStatistics();
            }
        }
        if (sizes) {
            chunk.withSizeStatistics();
        }
        if (offsetIndex) {
            chunk.withOffsetIndex();
        }
        if (columnIndex) {
            chunk.withColumnIndex();
        }
        if (random.nextInt(3) == 0) {
            chunk.withEncodingStats();
        }
        if (random.nextInt(4) == 0) {
            chunk.bloomFilter(64);
        }
        return chunk;
    }

    /** Pages of version 1 may begin within a row where there is no page index. */
    private void addPages(ChunkScript chunk, int pageVersion) {
        int size = 10 + random.nextInt(40);
        boolean repeated = chunk.leaf().maxRepetitionLevel() > 0;
        if (!repeated || offsetIndex || pageVersion == 2 || random.nextBoolean()) {
            chunk.evenPages(size);
            return;
        }
        int count = chunk.triplets().count();
        for (int from = 0; from < count; from += size) {
            chunk.page(PageScript.data(from, Math.min(count, from + size)));
        }
    }

    private Encoding encoding(Type type) {
        if (type == Type.BOOLEAN) {
            return random.nextBoolean() ? Encoding.PLAIN : Encoding.RLE;
        }
        if (random.nextInt(3) != 0) {
            return Encoding.RLE_DICTIONARY;
        }
        List<Encoding> others = plain ? List.of(Encoding.PLAIN) : others(type);
        return others.get(random.nextInt(others.size()));
    }

    private static List<Encoding> others(Type type) {
        return switch (type) {
            case INT32, INT64 -> List.of(Encoding.DELTA_BINARY_PACKED, Encoding.BYTE_STREAM_SPLIT);
            case FLOAT, DOUBLE -> List.of(Encoding.BYTE_STREAM_SPLIT);
            case BYTE_ARRAY -> List.of(Encoding.DELTA_LENGTH_BYTE_ARRAY, Encoding.DELTA_BYTE_ARRAY);
            case FIXED_LEN_BYTE_ARRAY -> List.of(Encoding.DELTA_BYTE_ARRAY, Encoding.BYTE_STREAM_SPLIT);
            default -> List.of(Encoding.PLAIN);
        };
    }

    /** Values rise from page to page; some stretches hold only nulls. */
    private Triplets triplets(LeafColumn leaf, int group, int count) {
        double usual = new double[] {0, 0.2, 0.5}[random.nextInt(3)];
        Triplets all = new Triplets(new int[0], new int[0], Values.empty());
        int step = 5 + random.nextInt(20);
        for (int row = 0; row < count; row += step) {
            double nulls = random.nextInt(6) == 0 ? 1 : usual;
            Values pool = pool(leaf, 1_000L * group + row, step);
            all = Claims.joined(all, rows.column(leaf, Math.min(step, count - row), pool, nulls));
        }
        return all;
    }

    private Values pool(LeafColumn leaf, long first, int size) {
        Values.Builder pool = new Values.Builder(size);
        for (int i = 0; i < size; i++) {
            byte[] value = value(leaf, first + i);
            pool.add(value, 0, value.length);
        }
        return pool.build();
    }

    private static byte[] value(LeafColumn leaf, long number) {
        return switch (leaf.element().getType()) {
            case BOOLEAN -> new byte[] {(byte) (number / 64 & 1)};
            case INT32 -> little(4).putInt(0, (int) number - 500).array();
            case INT64 -> little(8).putLong(0, number - 500).array();
            case INT96 -> RisingForms.moment(number);
            case FLOAT -> little(4).putFloat(0, (float) floating(number)).array();
            case DOUBLE -> little(8).putDouble(0, floating(number)).array();
            case FIXED_LEN_BYTE_ARRAY -> RisingForms.fixed(leaf.element(), number);
            case BYTE_ARRAY -> RisingForms.bytes(leaf.element(), number);
        };
    }

    /** Both zeros, and a NaN now and then. */
    private static double floating(long number) {
        return number % 53 == 37 ? Double.NaN : number == 20 ? -0. : number == 22 ? 0. : number - 20;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
