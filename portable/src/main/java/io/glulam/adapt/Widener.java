package io.glulam.adapt;

import io.glulam.decode.ColumnBatch;
import io.glulam.decode.TripletReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.schema.ColumnFit;
import io.glulam.storage.RangeSpool;
import java.math.BigInteger;

/**
 * Makes a chunk of a wider type: values are decoded, widened and encoded. What was made is held against the source, value by
 * value. For one chunk; not thread-safe.
 */
final class Widener {
    private final SourceColumn source;
    private final Leaf target;
    private final int[] map;
    private final long factor;
    private final ChunkEncoder encoder;

    /** @param spool for the data pages; closed by the caller */
    Widener(SourceColumn source, AdaptedColumn column, ColumnFit.Wider fit, ChunkSink sink, RangeSpool spool) {
        this.source = source;
        this.target = column.target();
        this.map = fit.levels();
        this.factor = fit.factor();
        this.encoder = new ChunkEncoder(source, target, column.dictionaryEncoding(), -1, sink, spool);
    }

    ColumnChunk make() {
        return encoder.make(
                new WideningPages(source, target, map, factor), source.chunk().keyValueMetadata(), this::isWidened);
    }

    private boolean isWidened(TripletReader after) {
        try (TripletReader before = source.triplets()) {
            while (before.next()) {
                if (!after.next() || !isSame(before, after)) {
                    return false;
                }
            }
            return !after.next();
        }
    }

    private boolean isSame(TripletReader before, TripletReader after) {
        if (before.repetitionLevel() != after.repetitionLevel()
                || map[before.definitionLevel()] != after.definitionLevel()
                || before.isNull() != after.isNull()) {
            return false;
        }
        if (before.isNull()) {
            return true;
        }
        if (target.isDecimal()) {
            return number(before, source.leaf()).equals(number(after, target));
        }
        if (target.type() == PhysicalType.DOUBLE) {
            return isSameFloat(Float.intBitsToFloat((int) before.bits()), Double.longBitsToDouble(after.bits()));
        }
        return factor == 1
                ? before.bits() == after.bits()
                : after.bits() % factor == 0 && after.bits() / factor == before.bits();
    }

    private static boolean isSameFloat(float before, double after) {
        return Float.isNaN(before)
                ? Double.isNaN(after)
                : Float.floatToRawIntBits(before) == Float.floatToRawIntBits((float) after) && before == after;
    }

    private static BigInteger number(TripletReader triplet, Leaf leaf) {
        if (!ColumnBatch.holdsBytes(leaf.type())) {
            return BigInteger.valueOf(triplet.bits());
        }
        byte[] bytes = triplet.bytes().toByteArray();
        return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }
}
