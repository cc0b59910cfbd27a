package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Float16Type;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * Rarer types and forms of a {@link RisingFile}: moments of 96 bits, short floats, decimals in bytes; dictionaries with unused
 * and repeated entries, pages without values, row groups without rows, other writers.
 */
final class RisingForms {
    private static final int EPOCH_DAY = 2_440_588;
    private static final int PRECISION = 10;
    private static final int SCALE = 2;

    /** Of each a reader treats something otherwise. Null is none. */
    private static final String[] WRITERS = {
        null,
        "parquet-mr version 1.6.0 (build 0000000000000000000000000000000000000000)",
        "parquet-mr version 1.10.1 (build a89df8f9932b6ef6633d06069e50c9b7970bebd1)",
        "parquet-cpp-arrow version 14.0.2",
        "parquet-rs version 54.0.0",
        "DuckDB version v1.1.3 (build 19864453f7)",
        "somebody"
    };

    private RisingForms() {}

    /** Adds columns of rarer types, now and then. */
    static void addColumns(SchemaScript schema, Random random) {
        if (random.nextInt(6) == 0) {
            schema.optional("t", Type.INT96);
        }
        if (random.nextInt(6) == 0) {
            schema.fixed("h", FieldRepetitionType.OPTIONAL, 2);
            schema.last().setLogicalType(LogicalType.FLOAT16(new Float16Type()));
        }
        if (random.nextInt(6) == 0) {
            boolean fixed = random.nextBoolean();
            if (fixed) {
                schema.fixed("e", FieldRepetitionType.OPTIONAL, 5);
            } else {
                schema.optional("e", Type.BYTE_ARRAY);
            }
            schema.last()
                    .setConverted_type(ConvertedType.DECIMAL)
                    .setPrecision(PRECISION)
                    .setScale(SCALE);
            schema.last().setLogicalType(LogicalType.DECIMAL(new DecimalType(SCALE, PRECISION)));
        }
    }

    /** A moment: nanoseconds of a day, and the day. */
    static byte[] moment(long number) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number % 86_400 * 1_000_000_000L)
                .putInt(EPOCH_DAY + (int) number)
                .array();
    }

    /** A value of fixed length. */
    static byte[] fixed(SchemaElement element, long number) {
        if (element.getType_length() == 2) {
            int bits = half(Math.abs((int) number % 2_000 - 500)) | (number % 2_000 < 500 ? 0x8000 : 0);
            return new byte[] {(byte) bits, (byte) (bits >>> 8)};
        } else if (element.getType_length() == 5) {
            long decimal = number - 500;
            return ByteBuffer.allocate(5)
                    .put((byte) (decimal >> 32))
                    .putInt((int) decimal)
                    .array();
        }
        return ByteBuffer.allocate(4).putInt((int) number).array();
    }

    /** The bits of a small natural number as a float of 16 bits. */
    private static int half(int number) {
        if (number == 0) {
            return 0;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(number);
        return exponent + 15 << 10 | number << 10 - exponent & 0x3ff;
    }

    /** A value of any length: text, or the fewest bytes of a decimal. */
    static byte[] bytes(SchemaElement element, long number) {
        return element.getConverted_type() == ConvertedType.DECIMAL
                ? BigInteger.valueOf(number - 500).toByteArray()
                : ("v" + (100_000 + number)).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Changes the forms of some chunks; their values, counts and bounds stay. Row groups without rows have no bounds: beside
     * them DuckDB does not use those of the file.
     */
    static void change(FileScript file, Random random) {
        if (random.nextInt(4) == 0) {
            file.createdBy(WRITERS[random.nextInt(WRITERS.length)]);
        }
        if (random.nextInt(12) == 0) {
            file.withoutColumnOrders();
        }
        boolean dictionaries = random.nextInt(4) == 0;
        boolean checksums = random.nextInt(4) == 0;
        boolean uncompressed = random.nextInt(6) == 0;
        boolean emptyPages = random.nextInt(12) == 0;
        file.eachChunk(chunk -> {
            if (dictionaries) {
                addEntries(chunk, random);
            }
            if (checksums) {
                chunk.eachPage(page -> page.checksum(PageScript.Checksum.RIGHT));
            }
            if (uncompressed) {
                chunk.eachPage(PageScript::uncompressedIfVersion2);
            }
            if (emptyPages) {
                addEmptyPage(chunk, random);
            }
        });
        if (random.nextInt(16) == 0) {
            addEmptyRowGroup(file);
        }
    }

    /** Entries that no page uses, and entries twice, between those of the values. */
    private static void addEntries(ChunkScript chunk, Random random) {
        Values values = chunk.triplets().values();
        if (chunk.leaf().element().getType() == Type.BOOLEAN || values.count() == 0) {
            return;
        }
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < values.count(); i++) {
            entries.add(values.get(i));
            if (random.nextInt(8) == 0) {
                entries.add(values.get(random.nextInt(values.count())));
            }
        }
        if (random.nextBoolean()) {
            byte[] unused = values.get(random.nextInt(values.count()));
            unused[random.nextInt(unused.length)] ^= 1;
            entries.add(random.nextInt(entries.size()), unused);
        }
        chunk.dictionary(Values.of(entries.toArray(byte[][]::new)));
    }

    /** A page that holds no value, where no page index tells of pages. */
    private static void addEmptyPage(ChunkScript chunk, Random random) {
        if (!chunk.hasPageIndex() && !chunk.pages().isEmpty()) {
            int at = random.nextInt(chunk.pages().size());
            chunk.pages().add(at, chunk.pages().get(at).emptyBefore());
        }
    }

    private static void addEmptyRowGroup(FileScript file) {
        List<ChunkScript> chunks = new ArrayList<>();
        for (ChunkScript form : file.rowGroups().get(0).chunks()) {
            chunks.add(form.with(new Triplets(new int[0], new int[0], Values.empty()), 1));
        }
        file.rowGroups().add(file.rowGroups().size() / 2, new RowGroupScript(0, chunks));
    }
}
