package io.glulam.testkit.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class ReadingLibraryFilesTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
        message rows {
          required boolean flag;
          optional int32 number;
          required int64 big;
          optional float small;
          optional double large;
          required int96 moment;
          optional fixed_len_byte_array(5) five;
          optional binary text;
          optional group list { repeated group item { optional binary name; repeated int32 parts; } }
        }\
        """);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "PARQUET_1_0,UNCOMPRESSED,true,false",
        "PARQUET_1_0,SNAPPY,false,false",
        "PARQUET_1_0,GZIP,true,true",
        "PARQUET_1_0,LZ4_RAW,true,true",
        "PARQUET_2_0,ZSTD,true,false",
        "PARQUET_2_0,ZSTD,false,false",
        "PARQUET_2_0,SNAPPY,false,true",
        "PARQUET_2_0,GZIP,false,true"
    })
    void agreesWithParquetJavaOnItsOwnFiles(
            WriterVersion version, CompressionCodecName codec, boolean dictionary, boolean byteStreamSplit)
            throws Exception {
        Path path = folder.resolve("rows.parquet");
        write(path, version, codec, dictionary, byteStreamSplit);
        try (ParquetFile ours = ParquetFile.open(path);
                ParquetJavaTriplets theirs = new ParquetJavaTriplets(path)) {
            assertThat(ours.rowGroups()).isGreaterThan(1);
            for (int group = 0; group < ours.rowGroups(); group++) {
                assertThat(theirs.nextRowGroup()).isTrue();
                for (LeafColumn leaf : ours.leaves()) {
                    assertThat(ours.triplets(group, leaf.index()).sameAs(theirs.column(leaf.index())))
                            .as("row group %d, column %s", group, leaf.dottedPath())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void findsNoDifferenceBetweenTwoLayoutsOfTheSameRows() throws Exception {
        Path a = folder.resolve("a.parquet");
        Path b = folder.resolve("b.parquet");
        write(a, WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED, true, false);
        write(b, WriterVersion.PARQUET_2_0, CompressionCodecName.ZSTD, false, true);
        assertThat(TripletComparison.firstDifference(a, b)).isEmpty();
    }

    @Test
    void findsRowGroupsInAnotherOrderUnlessToldSo() throws Exception {
        Path a = folder.resolve("a.parquet");
        write(a, WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED, true, false);
        try (ParquetFile file = ParquetFile.open(a)) {
            int[] order = rowGroups(file);
            order[0] = 1;
            order[1] = 0;
            assertThat(TripletComparison.firstDifference(file, order, file))
                    .hasValueSatisfying(text -> assertThat(text).startsWith("column flag, row "));
        }
    }

    private static void write(
            Path path, WriterVersion version, CompressionCodecName codec, boolean dictionary, boolean byteStreamSplit)
            throws Exception {
        Random random = new Random(42);
        SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(path.toUri()))
                .withType(SCHEMA)
                .withConf(new Configuration(false))
                .withWriterVersion(version)
                .withCompressionCodec(codec)
                .withDictionaryEncoding(dictionary)
                .withByteStreamSplitEncoding(byteStreamSplit)
                .withRowGroupRowCountLimit(1_000 + codec.ordinal() * 500)
                .withPageSize(4_096)
                .withPageRowCountLimit(700)
                .build()) {
            for (int row = 0; row < 8_000; row++) {
                writer.write(row(groups.newGroup(), random, row));
            }
        }
    }

    private static Group row(Group group, Random random, int row) {
        group.add("flag", random.nextInt(10) > 2);
        group.add("big", row * 1_000L + random.nextInt(100));
        byte[] moment = new byte[12];
        random.nextBytes(moment);
        group.add("moment", Binary.fromConstantByteArray(moment));
        if (random.nextInt(4) > 0) {
            group.add("number", random.nextInt(50));
            group.add("small", random.nextFloat());
            group.add("five", Binary.fromString("%05d".formatted(random.nextInt(300))));
        }
        if (random.nextInt(4) > 0) {
            group.add("large", random.nextInt(20) / 7.0);
            group.add("text", "customer-" + "x".repeat(random.nextInt(9)) + random.nextInt(200));
        }
        if (random.nextInt(4) > 0) {
            Group list = group.addGroup("list");
            for (int i = random.nextInt(4); i > 0; i--) {
                Group item = list.addGroup("item");
                if (random.nextBoolean()) {
                    item.add("name", "name " + i);
                }
                for (int j = random.nextInt(3); j > 0; j--) {
                    item.add("parts", random.nextInt());
                }
            }
        }
        return group;
    }

    @ParameterizedTest
    @CsvSource({"uncompressed,V1", "snappy,V1", "gzip,V2", "zstd,V2", "lz4_raw,V2", "brotli,V1"})
    void agreesWithDuckDbOnItsFiles(String codec, String version) throws Exception {
        Path path = folder.resolve("rows.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("""
                COPY (SELECT i AS id, CASE WHEN i %% 7 = 0 THEN NULL ELSE i * 0.25 END AS price,
                             'name ' || (i %% 90) AS name, hash(i) %% 1000000 AS noise
                      FROM range(30000) t(i))
                TO '%s' (FORMAT parquet, CODEC '%s', PARQUET_VERSION %s, ROW_GROUP_SIZE 8192)
                """.formatted(path, codec, version));
            try (ParquetFile file = ParquetFile.open(path);
                    ResultSet rows = statement.executeQuery(
                            "SELECT id, price::DOUBLE, name, noise::DECIMAL(20, 0) FROM '" + path + "'")) {
                assertThat(file.rowGroups()).isGreaterThan(1);
                ColumnCursor[] cursors = new ColumnCursor[4];
                for (int i = 0; i < 4; i++) {
                    cursors[i] = new ColumnCursor(file, i, rowGroups(file));
                }
                while (rows.next()) {
                    for (ColumnCursor cursor : cursors) {
                        assertThat(cursor.advance()).isTrue();
                    }
                    assertThat(little(cursors[0]).getLong()).isEqualTo(rows.getLong(1));
                    assertThat(cursors[1].hasValue()).isEqualTo(rows.getObject(2) != null);
                    assertThat(new String(cursors[2].value(), StandardCharsets.UTF_8))
                            .isEqualTo(rows.getString(3));
                    assertThat(little(cursors[3]).getLong())
                            .isEqualTo(rows.getBigDecimal(4).longValueExact());
                }
                assertThat(cursors[0].advance()).isFalse();
            }
        }
    }

    private static int[] rowGroups(ParquetFile file) {
        return java.util.stream.IntStream.range(0, file.rowGroups()).toArray();
    }

    private static ByteBuffer little(ColumnCursor cursor) {
        return ByteBuffer.wrap(cursor.value()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
