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
import java.nio.charset.StandardCharsets;
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
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Type;

/**
 * A small file whose values rise, so that readers can skip by what it says, in which one or two numbers are told twice,
 * differently.
 *
 * @param script writes it
 * @param honest the same without contradictions
 * @param contradictions what is told otherwise, and where; for people
 */
public record ContradictoryFile(FileScript script, FileScript honest, List<String> contradictions) {
    private static final Encoding[] PLAIN_OR_DICTIONARY = {
        Encoding.PLAIN, Encoding.RLE_DICTIONARY, Encoding.RLE_DICTIONARY
    };
    private static final CompressionCodec[] CODECS = {
        CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.ZSTD
    };

    private static final int ROW_GROUP_KINDS = 5;

    /** How many kinds of contradictions there are. */
    public static final int KINDS = Contradiction.all().size() + ROW_GROUP_KINDS;

    public ContradictoryFile {
        contradictions = List.copyOf(contradictions);
    }

    /** The same file for the same seed. So many seeds in a row as there are kinds tell each of them. */
    public static ContradictoryFile of(long seed) {
        FileScript honest = new Drawing(seed).file();
        Drawing drawing = new Drawing(seed);
        FileScript script = drawing.file();
        List<String> told = new ArrayList<>();
        told.add(drawing.contradict(script, Math.floorMod(seed, KINDS)));
        if (drawing.random.nextBoolean()) {
            told.add(drawing.contradict(script, drawing.random.nextInt(KINDS)));
        }
        return new ContradictoryFile(script, honest, told);
    }

    private static final class Drawing {
        private final Random random;
        private final RandomRows rows;
        private final boolean twoVersions;
        private final int version;
        private final boolean sizes;
        private final boolean columnIndex;
        private final boolean offsetIndex;
        private final boolean pageStatistics;
        private final ChunkScript.Stats stats;
        private final CompressionCodec codec;

        Drawing(long seed) {
            random = new Random(seed);
            rows = new RandomRows(random);
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
            return schema.build();
        }

        private ChunkScript chunk(LeafColumn leaf, int group, int count) {
            Triplets triplets = triplets(leaf, group, count);
            int pageVersion = twoVersions ? 1 + random.nextInt(2) : version;
            Encoding encoding = leaf.element().getType() == Type.BOOLEAN
                    ? Encoding.PLAIN
                    : PLAIN_OR_DICTIONARY[random.nextInt(PLAIN_OR_DICTIONARY.length)];
            int fallback = random.nextInt(4) == 0 ? 2 : Integer.MAX_VALUE;
            ChunkScript chunk = new ChunkScript(leaf, triplets)
                    .evenPages(10 + random.nextInt(40))
                    .stats(stats)
                    .compression(Compression.of(codec));
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
                case INT64, INT96 -> little(8).putLong(0, number - 500).array();
                case FLOAT ->
                    little(4).putFloat(0, number == 20 ? -0f : number - 20).array();
                case DOUBLE ->
                    little(8).putDouble(0, number == 20 ? -0. : number - 20).array();
                case FIXED_LEN_BYTE_ARRAY ->
                    ByteBuffer.allocate(4).putInt((int) number).array();
                case BYTE_ARRAY -> ("v" + (100_000 + number)).getBytes(StandardCharsets.UTF_8);
            };
        }

        private static ByteBuffer little(int size) {
            return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }

        /** Makes one chunk, or a column's chunks of all row groups, or a row group tell something else. */
        String contradict(FileScript file, int kind) {
            List<Contradiction> all = Contradiction.all();
            if (kind >= all.size()) {
                return contradictRowGroup(file, kind - all.size());
            }
            Contradiction contradiction = all.get(kind);
            int leaf = random.nextInt(file.leaves().size());
            int only = random.nextInt(3) == 0
                    ? -1
                    : random.nextInt(file.rowGroups().size());
            for (int group = 0; group < file.rowGroups().size(); group++) {
                if (only < 0 || only == group) {
                    contradiction
                            .telling()
                            .in(file.rowGroups().get(group).chunks().get(leaf), random);
                }
            }
            return "%s (leaf %d, row group %s)".formatted(contradiction.name(), leaf, only < 0 ? "any" : only);
        }

        private String contradictRowGroup(FileScript file, int kind) {
            int group = random.nextInt(file.rowGroups().size());
            RowGroupScript script = file.rowGroups().get(group);
            int more = random.nextBoolean() ? 1 : -1;
            int leaf = random.nextInt(file.leaves().size());
            file.rowGroups().set(group, script.tamper(entry -> tamper(entry, kind, more, leaf)));
            return "row group %d, kind %d".formatted(group, kind);
        }

        private static void tamper(RowGroup entry, int kind, int more, int leaf) {
            switch (kind) {
                case 0 -> entry.setNum_rows(entry.getNum_rows() + more);
                case 1 -> entry.setTotal_byte_size(3);
                case 2 -> entry.setTotal_compressed_size(3);
                case 3 -> entry.setFile_offset(3);
                default ->
                    entry.setSorting_columns(new ArrayList<>(List.of(new SortingColumn(leaf, more > 0, more > 0))));
            }
        }
    }
}
