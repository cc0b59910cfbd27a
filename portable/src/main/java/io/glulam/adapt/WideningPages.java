package io.glulam.adapt;

import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a source's chunk as pages of a wider type: version 1, encoding PLAIN, a batch of triplets each. Closing
 * closes the chunk. Not thread-safe.
 */
final class WideningPages implements PageStream {
    private final Leaf target;
    private final boolean decimal;
    private final boolean floating;
    private final int[] map;
    private final long factor;
    private final BatchReader reader;
    private final ColumnBatch batch;
    private final PageLevels levels = new PageLevels();
    private final ByteArrayBuilder body = new ByteArrayBuilder(1 << 14);
    private final byte[] number = new byte[Long.BYTES];

    /**
     * @param map of each definition level in the source, that in the output
     * @param factor by which whole numbers are multiplied
     */
    WideningPages(SourceColumn source, Leaf target, int[] map, long factor) {
        this.target = target;
        this.decimal = target.isDecimal();
        this.floating = source.leaf().type() == PhysicalType.FLOAT;
        this.map = map;
        this.factor = factor;
        this.reader = source.batches();
        this.batch = new ColumnBatch(source.leaf());
    }

    /** @throws CorruptFile if a value has more digits than its type can hold */
    @Override
    public @Nullable Page next() {
        if (!reader.next(batch)) {
            return null;
        }
        body.clear();
        appendLevels(batch.repetitionLevels(), target.maxRepetitionLevel(), null);
        appendLevels(batch.definitionLevels(), target.maxDefinitionLevel(), map);
        for (int i = 0; i < batch.valueCount(); i++) {
            append(i);
        }
        PageHeader header = PageHeader.dataPage(body.size(), body.size(), batch.count(), Encoding.PLAIN.value());
        return new Page(header, body.array(), 0, body.size(), 0);
    }

    private void appendLevels(int[] source, int max, int @Nullable [] mapped) {
        if (max == 0) {
            return;
        }
        levels.clear();
        for (int i = 0; i < batch.count(); i++) {
            int level = source.length == 0 ? 0 : source[i];
            levels.add(mapped == null ? level : mapped[level]);
        }
        levels.writeWithLength(max, body);
    }

    private void append(int value) {
        if (decimal) {
            appendDecimal(value);
        } else if (floating) {
            appendLong(DoubleBits.of((int) batch.numbers()[value]));
        } else {
            appendLong(multiplied(batch.numbers()[value]));
        }
    }

    private long multiplied(long number) {
        long product = number * factor;
        if (factor > 1 && product / factor != number) {
            throw new Unsupported(
                    reader.place(),
                    "the date of day " + number + " after 1970-01-01, which no timestamp of the output's unit can hold",
                    "rewrite the file with the table's own engine");
        }
        return product;
    }

    private void appendDecimal(int value) {
        if (batch.holdsBytes()) {
            appendDecimal(batch.heap(), batch.starts()[value], batch.lengths()[value]);
            return;
        }
        long rest = batch.numbers()[value];
        for (int i = number.length - 1; i >= 0; i--, rest >>= Byte.SIZE) {
            number[i] = (byte) rest;
        }
        appendDecimal(number, 0, number.length);
    }

    /** @param bytes that hold a number, big-endian, in two's complement */
    private void appendDecimal(byte[] bytes, int from, int length) {
        byte sign = (byte) (length > 0 && bytes[from] < 0 ? -1 : 0);
        int start = from;
        int end = from + length;
        // Bytes that only repeat the sign may go.
        while (end - start > 1 && bytes[start] == sign && (bytes[start + 1] < 0) == (sign < 0)) {
            start++;
        }
        int width = target.valueWidth() < 0 ? Math.max(1, end - start) : target.valueWidth();
        if (end - start > width) {
            throw new CorruptFile(
                    reader.place(),
                    "a decimal of " + (end - start) + " bytes, which its precision of the type does not allow");
        }
        if (target.type() == PhysicalType.BYTE_ARRAY) {
            body.appendInt(width);
        }
        boolean littleEndian = target.type() == PhysicalType.INT32 || target.type() == PhysicalType.INT64;
        for (int i = 0; i < width; i++) {
            int index = littleEndian ? end - 1 - i : end - width + i;
            body.append(index < start ? sign : bytes[index]);
        }
    }

    private void appendLong(long value) {
        body.appendInt((int) value);
        body.appendInt((int) (value >>> Integer.SIZE));
    }

    @Override
    public void close() {
        reader.close();
    }
}
