package io.glulam.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.OpenedFooter;
import io.glulam.error.Unsupported;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    private void refuses(String column, Consumer<Group> value, String message) throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m {" + column + "}");
        Group row = new SimpleGroup(schema);
        value.accept(row);
        Path file = Streams.write(folder.resolve("r.parquet"), schema, List.of(row));

        assertThatThrownBy(() -> Streams.of(file))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("column c")
                .hasMessageContaining(message);
    }

    @Test
    void whatArrowsTypesDoNotHaveIsRefusedByColumn() throws Exception {
        refuses(
                "required int32 c (INTEGER(8,true));",
                row -> row.add("c", 128),
                "the value 128 is not in its type INT_8");
        refuses(
                "required int32 c (INTEGER(16,false));",
                row -> row.add("c", -1),
                "the value -1 is not in its type UINT_16");
        refuses("required binary c (STRING);", row -> row.add("c", bytes(0xC3, 0x28)), "not UTF-8");
        refuses(
                "required binary c (DECIMAL(5,0));",
                row -> row.add("c", bytes(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
                "a decimal of 17 bytes");
        refuses("required binary c (DECIMAL(5,0));", row -> row.add("c", Binary.EMPTY), "a decimal of no bytes");
        refuses(
                "required fixed_len_byte_array(40) c (DECIMAL(77,0));",
                row -> row.add("c", bytes(new int[40])),
                "a decimal of 77 digits");
        refuses("required int96 c;", row -> row.add("c", bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)), "nanoseconds");
        refuses(
                "required fixed_len_byte_array(12) c (INTERVAL);",
                row -> row.add("c", bytes(255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0)),
                "4294967295 months");
        refuses(
                "optional group c (MAP) { repeated group key_value { optional int32 key; optional int32 value; } }",
                row -> row.addGroup("c").addGroup(0).append("value", 1),
                "a key that is null");
    }

    @Test
    void aTextIsLookedAtToItsEnd() throws Exception {
        String start = "\u00e4".repeat(10_000);
        refuses("required binary c (STRING);", row -> row.add("c", text(start, 0xC3)), "not UTF-8");
        refuses("required binary c (STRING);", row -> row.add("c", text(start + "x", 0x80)), "not UTF-8");

        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary c (STRING); }");
        Group row = new SimpleGroup(schema);
        row.add("c", Binary.fromString(start + "\ud83d\ude00"));
        assertThat(Streams.of(Streams.write(folder.resolve("t.parquet"), schema, List.of(row)))
                        .rows())
                .containsExactly(List.of(start + "\ud83d\ude00"));
    }

    private static Binary text(String start, int end) {
        byte[] bytes = (start + "x").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) end;
        return Binary.fromConstantByteArray(bytes);
    }

    private static Binary bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Binary.fromConstantByteArray(bytes);
    }

    @Test
    void batchesAreBoundedByTheMemory() throws Exception {
        try (OpenedFooter opened = Streams.open(texts(400, 30_000))) {
            Streams read = Streams.of(opened, LongStream.range(0, 400), 16 * MEBIBYTE);

            assertThat(read.rows()).hasSize(400);
            assertThat(read.batchBytes()).hasSizeGreaterThan(4).allMatch(bytes -> bytes < 3 * MEBIBYTE);
        }
    }

    @Test
    void aRowBeyondTheMemoryIsRefused() throws Exception {
        try (OpenedFooter opened = Streams.open(texts(1, 20 * MEBIBYTE))) {
            assertThatThrownBy(() -> Streams.of(opened, LongStream.of(0), 16 * MEBIBYTE))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining(
                            "a row that does not fit into the 16 MiB of Arrow's vectors; allow more memory");
        }
    }

    private Path texts(int rows, int length) throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary c (STRING); }");
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'x');
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            Group group = new SimpleGroup(schema);
            group.add("c", Binary.fromConstantByteArray(text));
            groups.add(group);
        }
        return Streams.write(folder.resolve("t.parquet"), schema, groups);
    }
}
