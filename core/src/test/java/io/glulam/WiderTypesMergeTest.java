package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.plan.Settings;
import io.glulam.plan.Verify;
import io.glulam.testkit.generate.GroupFileWriter;
import io.glulam.testkit.generate.WriterSettings;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Merges of columns whose types differ: the output takes the wider type. */
@Tag("once")
class WiderTypesMergeTest extends SchemaMergeCase {
    private MergeReport widen(Path... files) {
        return merge(with(Settings.defaults().withVerify(Verify.VALUES)).withWiden(true), files);
    }

    private static final String NUMBERS = """
        SELECT (CASE WHEN i %% 7 = 0 THEN NULL ELSE i - 1500 END)::%s AS n,
            (CASE i %% 9 WHEN 0 THEN 'nan'::FLOAT WHEN 1 THEN -0.0 WHEN 2 THEN '-infinity'::FLOAT WHEN 3 THEN NULL
                ELSE i / 7.0 END)::%s AS f,
            ((i - 1500) / 100.0)::DECIMAL(%s, 2) AS d,
            [i, NULL, -i]::%s[] AS l
        FROM range(3000) t(i)\
        """;

    private Path numbers(String name, String integer, String floating, int precision) throws IOException {
        return duck(name, NUMBERS.formatted(integer, floating, precision, integer));
    }

    @Test
    void typesThatDifferBecomeTheWiderOne() throws IOException {
        Path narrow = numbers("a.parquet", "INTEGER", "FLOAT", 9);
        Path wide = numbers("b.parquet", "BIGINT", "DOUBLE", 18);
        Path widest = numbers("c.parquet", "BIGINT", "DOUBLE", 38);
        Path small = numbers("d.parquet", "SMALLINT", "FLOAT", 6);

        for (Path[] files : List.of(
                new Path[] {narrow, wide, widest, small},
                new Path[] {widest, wide, small, narrow},
                new Path[] {small, narrow},
                new Path[] {narrow, widest})) {
            widen(files);
            String all = Arrays.stream(files)
                    .map(file -> "SELECT n, f, d, l FROM '" + file + "'")
                    .collect(Collectors.joining(" UNION ALL "));
            String sums = "SELECT count(*), count(n), sum(n), min(n), max(n), count(f),"
                    + " sum(CASE WHEN isfinite(f) THEN f ELSE 0 END)::DECIMAL(30, 3),"
                    + " count(*) FILTER (isnan(f)), sum(d), min(d), max(d), sum(len(l)), sum(list_sum(l)) FROM ";
            assertThat(firstRow(sums + "'" + merged() + "'")).isEqualTo(firstRow(sums + "(" + all + ")"));
            for (String filter :
                    List.of("n = 7", "n < -1490", "d > 14.9", "d = 0", "f > 400", "isnan(f)", "n IS NULL")) {
                String count = "SELECT count(*) FROM ";
                assertThat(firstRow(count + "'" + merged() + "' WHERE " + filter))
                        .as(filter)
                        .isEqualTo(firstRow(count + "(" + all + ") WHERE " + filter));
            }
        }
    }

    /** Hundredths from -9,000 on, in steps that use bytes of all lengths up to three. */
    private Path decimals(String name, String field) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { " + field + " }");
        PrimitiveType type = schema.getType(0).asPrimitiveType();
        try (GroupFileWriter writer = GroupFileWriter.create(folder.resolve(name), schema, Map.of(), false)) {
            Iterator<Group> rows = IntStream.range(0, 2000)
                    .mapToObj(i -> {
                        Group row = new SimpleGroup(schema);
                        int hundredths = (i - 1000) * (1 + i % 9 * (i % 2) * 100);
                        switch (type.getPrimitiveTypeName()) {
                            case INT32 -> row.add(0, hundredths);
                            case INT64 -> row.add(0, (long) hundredths);
                            default ->
                                row.add(0, Binary.fromConstantByteArray(bytes(hundredths, type.getTypeLength())));
                        }
                        return row;
                    })
                    .iterator();
            writer.writeRowGroup(WriterSettings.defaults(), rows, 2000);
        }
        return folder.resolve(name);
    }

    /** Big-endian; as many bytes as are needed where the type has no length. */
    private static byte[] bytes(long value, int length) {
        byte[] shortest = BigInteger.valueOf(value).toByteArray();
        byte[] bytes = new byte[Math.max(length, shortest.length)];
        Arrays.fill(bytes, (byte) (value < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, bytes, bytes.length - shortest.length, shortest.length);
        return bytes;
    }

    @Test
    void decimalsBecomeWiderAcrossPhysicalTypes() throws IOException {
        Path a = decimals("a.parquet", "required int32 d (DECIMAL(9,2));");
        Path b = decimals("b.parquet", "optional int64 d (DECIMAL(12,2));");
        Path c = decimals("c.parquet", "optional fixed_len_byte_array(7) d (DECIMAL(16,2));");
        Path e = decimals("e.parquet", "required binary d (DECIMAL(20,2));");
        Path f = decimals("f.parquet", "optional fixed_len_byte_array(3) d (DECIMAL(6,2));");

        for (Path[] files : List.of(
                new Path[] {a, b, c, e, f}, new Path[] {f, e, a}, new Path[] {f, b, a}, new Path[] {c, a}, new Path[] {
                    e, c
                })) {
            widen(files);
            String all = Arrays.stream(files)
                    .map(file -> "SELECT d FROM '" + file + "'")
                    .collect(Collectors.joining(" UNION ALL "));
            String sums = "SELECT count(*), count(d), sum(d), min(d), max(d) FROM ";
            assertThat(firstRow(sums + "'" + merged() + "'")).isEqualTo(firstRow(sums + "(" + all + ")"));
        }
    }

    @Test
    void aRefusalTellsThatWideningWouldHelp() throws IOException {
        Path a = duck("a.parquet", "SELECT i::INTEGER AS x FROM range(2) t(i)");
        Path b = duck("b.parquet", "SELECT i AS x FROM range(2) t(i)");

        assertThatThrownBy(() -> merge(a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(Remedy.WIDER_TYPES.text());
    }

    @Test
    void typesThatAreNotWiderAreRefusedDespiteWiden() throws IOException {
        MergeOptions widening = with(Settings.defaults()).withWiden(true);
        for (String[] types : new String[][] {
            {"INTEGER", "VARCHAR"},
            {"DECIMAL(9,2)", "DECIMAL(9,3)"},
            {"UINTEGER", "BIGINT"},
            {"INTEGER", "DOUBLE"},
            {"DATE", "TIMESTAMP"}
        }) {
            Path a = duck("a.parquet", "SELECT NULL::" + types[0] + " AS x FROM range(2)");
            Path b = duck("b.parquet", "SELECT NULL::" + types[1] + " AS x FROM range(2)");
            assertThatThrownBy(() -> merge(widening, a, b))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("schema element x");
        }
    }
}
