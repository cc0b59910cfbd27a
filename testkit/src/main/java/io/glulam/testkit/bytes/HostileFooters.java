package io.glulam.testkit.bytes;

import io.glulam.testkit.bytes.HostileFile.Harm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/** Footers that cannot be used, and files cut short. */
final class HostileFooters {
    private static final int TAIL = 8;

    private HostileFooters() {}

    static void addTo(HostileFiles files) {
        cuts(files);
        lengths(files);
        thrift(files);
        schemas(files);
    }

    private static void file(HostileFiles files, String name, UnaryOperator<byte[]> change) {
        files.add(name, Harm.FOOTER, () -> change.apply(files.good(chunk -> {}).bytes()));
    }

    private static void footer(HostileFiles files, String name, UnaryOperator<byte[]> change) {
        files.add(
                name,
                Harm.FOOTER,
                () -> files.good(chunk -> {}).tamperFooter(change).bytes());
    }

    private static void cuts(HostileFiles files) {
        file(files, "nothing", bytes -> new byte[0]);
        file(files, "only-magic", bytes -> Arrays.copyOf(bytes, 4));
        file(files, "twice-magic", bytes -> "PAR1PAR1".getBytes(StandardCharsets.US_ASCII));
        file(files, "one-byte-short", bytes -> Arrays.copyOf(bytes, bytes.length - 1));
        file(files, "half", bytes -> Arrays.copyOf(bytes, bytes.length / 2));
        file(files, "another-format", bytes -> "{\"rows\": []}".repeat(50).getBytes(StandardCharsets.US_ASCII));
        file(files, "encrypted-footer", bytes -> withTail(bytes, -1, "PARE"));
    }

    private static void lengths(HostileFiles files) {
        file(files, "footer-length-of-zero", bytes -> withTail(bytes, 0, "PAR1"));
        file(files, "footer-length-negative", bytes -> withTail(bytes, -5, "PAR1"));
        file(files, "footer-length-enormous", bytes -> withTail(bytes, Integer.MAX_VALUE, "PAR1"));
        file(files, "footer-length-over-start", bytes -> withTail(bytes, bytes.length - TAIL, "PAR1"));
    }

    /** Another length (unless −1) and magic at the end. */
    private static byte[] withTail(byte[] bytes, int length, String magic) {
        byte[] changed = bytes.clone();
        byte[] tail = new ByteSink()
                .putLittleEndian(length, 4)
                .put(magic.getBytes(StandardCharsets.US_ASCII))
                .bytes();
        int kept = length == -1 ? 4 : 0;
        System.arraycopy(tail, kept, changed, bytes.length - TAIL + kept, TAIL - kept);
        return changed;
    }

    private static void thrift(HostileFiles files) {
        footer(files, "footer-of-zeros", bytes -> new byte[bytes.length]);
        footer(files, "footer-cut-short", bytes -> Arrays.copyOf(bytes, bytes.length / 2));
        footer(files, "footer-of-garbage", bytes -> {
            byte[] garbage = new byte[bytes.length];
            new java.util.Random(bytes.length).nextBytes(garbage);
            return garbage;
        });
        // version, then a list of 2^31 − 1 structs (or strings) in a few bytes.
        footer(
                files,
                "footer-with-endless-schema",
                bytes -> start().putByte(0x19)
                        .putByte(0xfc)
                        .putVarint(Integer.MAX_VALUE)
                        .bytes());
        footer(
                files,
                "footer-with-endless-row-groups",
                bytes -> start().putByte(0x19)
                        .putByte(0x1c)
                        .putByte(0x48)
                        .putByte(1)
                        .putByte('s')
                        .putByte(0)
                        .putByte(0x16)
                        .putByte(0)
                        .putByte(0x19)
                        .putByte(0xfc)
                        .putVarint(Integer.MAX_VALUE)
                        .bytes());
        footer(
                files,
                "footer-with-endless-string",
                bytes -> start().putByte(0x58)
                        .putVarint(Integer.MAX_VALUE)
                        .put(new byte[20])
                        .bytes());
        footer(files, "footer-with-endless-varint", bytes -> {
            byte[] endless = new byte[1_000];
            Arrays.fill(endless, (byte) 0xff);
            return new ByteSink().putByte(0x15).put(endless).bytes();
        });
        footer(files, "footer-nested-without-end", bytes -> {
            byte[] deep = new byte[1_000_000];
            Arrays.fill(deep, (byte) 0x1c);
            return start().put(deep).bytes();
        });
    }

    private static ByteSink start() {
        return new ByteSink().putByte(0x15).putByte(2);
    }

    private static void schemas(HostileFiles files) {
        schema(files, "schema-with-too-few-elements", schema -> {
            schema.get(0).setNum_children(schema.get(0).getNum_children() + 1);
            return schema;
        });
        schema(files, "schema-with-too-many-elements", schema -> {
            schema.get(0).setNum_children(1);
            return schema;
        });
        schema(files, "schema-with-endless-children", schema -> {
            schema.get(0).setNum_children(Integer.MAX_VALUE);
            return schema;
        });
        schema(files, "schema-with-negative-children", schema -> {
            schema.get(0).setNum_children(-1);
            return schema;
        });
        schema(files, "schema-nested-a-hundred-thousand-deep", schema -> {
            List<SchemaElement> deep = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
                SchemaElement group = new SchemaElement("g");
                group.setNum_children(1);
                group.setRepetition_type(FieldRepetitionType.OPTIONAL);
                deep.add(group);
            }
            deep.add(schema.get(1));
            return deep;
        });
        schema(files, "schema-without-elements", schema -> List.of());
    }

    private static void schema(HostileFiles files, String name, UnaryOperator<List<SchemaElement>> change) {
        files.add(
                name,
                Harm.FOOTER,
                () -> files.good(chunk -> {})
                        .tamper(meta -> {
                            List<SchemaElement> copy = new ArrayList<>();
                            meta.getSchema().forEach(element -> copy.add(new SchemaElement(element)));
                            meta.setSchema(change.apply(copy));
                        })
                        .bytes());
    }
}
