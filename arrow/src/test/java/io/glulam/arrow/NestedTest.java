package io.glulam.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.DuckDbSession;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NestedTest {
    @TempDir
    Path folder;

    @Test
    void listsStructsAndMapsKeepTheirNulls() throws Exception {
        Path file = folder.resolve("d.parquet");
        try (DuckDbSession duckDb = DuckDbSession.open()) {
            duckDb.execute("COPY (SELECT * FROM (VALUES (0, [1, NULL], {'x': NULL, 'y': ['a']}, MAP {'k': NULL},"
                    + " [[], NULL, [2]]), (1, [], NULL, MAP {}, NULL), (2, NULL, {'x': 1, 'y': NULL}, NULL, []))"
                    + " t(i, l, s, m, n)) TO '" + file + "' (FORMAT parquet)");
        }

        assertThat(Streams.of(file).rows())
                .containsExactly(
                        List.of("0", "[1, null]", "{null, [a]}", "<[k], [null]>", "[[], null, [2]]"),
                        List.of("1", "[]", "null", "<[], []>", "null"),
                        List.of("2", "null", "{1, null}", "null", "[]"));
    }

    @Test
    void listsOfTwoLevelsAndRepeatedFieldsAreLists() throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("""
            message m {
              required group two (LIST) { repeated int32 array; }
              optional group pairs (LIST) { repeated group pairs_tuple { required int32 a; optional int32 b; } }
              repeated int32 plain;
              repeated group groups { repeated int32 inner; }
            }\
            """);
        Group full = new SimpleGroup(schema);
        Group two = full.addGroup("two");
        two.add("array", 1);
        two.add("array", 2);
        Group pairs = full.addGroup("pairs");
        pairs.addGroup(0).append("a", 3);
        pairs.addGroup(0).append("a", 4).append("b", 5);
        full.add("plain", 6);
        full.add("plain", 7);
        full.addGroup("groups").append("inner", 8).append("inner", 9);
        full.addGroup("groups");
        Group empty = new SimpleGroup(schema);
        empty.addGroup("two");

        Streams read = Streams.of(Streams.write(folder.resolve("p.parquet"), schema, List.of(full, empty)));

        assertThat(read.rows())
                .containsExactly(
                        List.of("[1, 2]", "[{3, null}, {4, 5}]", "[6, 7]", "[{[8, 9]}, {[]}]"),
                        List.of("[]", "null", "[]", "[]"));
        assertThat(read.fields().stream().map(Field::toString))
                .containsExactly(
                        "two: List<array: Int(32, true) not null> not null",
                        "pairs: List<pairs_tuple: Struct<a: Int(32, true) not null, b: Int(32, true)> not null>",
                        "plain: List<plain: Int(32, true) not null> not null",
                        "groups: List<groups: Struct<inner: List<inner: Int(32, true) not null> not null> not null>"
                                + " not null");
    }
}
