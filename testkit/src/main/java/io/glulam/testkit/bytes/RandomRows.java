package io.glulam.testkit.bytes;

import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/** Random levels and values for leaves that share no list with another leaf. */
public final class RandomRows {
    private static final double[] SPECIAL = {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE};
    private final Random random;

    /** @param random draws levels and values */
    public RandomRows(Random random) {
        this.random = random;
    }

    /** Some distinct values; booleans have two at most. */
    Values pool(SchemaElement leaf, int size) {
        Values.Builder pool = new Values.Builder(size);
        for (int i = 0; i < size; i++) {
            byte[] value = value(leaf, i);
            pool.add(value, 0, value.length);
        }
        return ChunkDictionary.distinct(pool.build());
    }

    private byte[] value(SchemaElement leaf, int number) {
        return switch (leaf.getType()) {
            case BOOLEAN -> new byte[] {(byte) (number & 1)};
            case INT32 ->
                little(4).putInt(0, random.nextInt() >> random.nextInt(32)).array();
            case INT64 ->
                little(8).putLong(0, random.nextLong() >> random.nextInt(64)).array();
            case INT96 -> bytes(12);
            case FLOAT -> little(4).putFloat(0, (float) floating()).array();
            case DOUBLE -> little(8).putDouble(0, floating()).array();
            case FIXED_LEN_BYTE_ARRAY -> bytes(leaf.getType_length());
            case BYTE_ARRAY -> text();
        };
    }

    private double floating() {
        return random.nextInt(20) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian();
    }

    private byte[] text() {
        byte[] text = new byte[random.nextInt(16)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(i < 4 ? 2 : 26));
        }
        return text;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * A column of so many rows.
     *
     * @param pool what values are drawn from
     * @param nullShare how likely each optional level is null; 1 for nothing but nulls
     */
    public Triplets column(LeafColumn leaf, int rows, Values pool, double nullShare) {
        Column column = new Column(leaf, pool, nullShare);
        for (int row = 0; row < rows; row++) {
            column.add(0, 0, 0, 0);
        }
        return column.triplets();
    }

    private final class Column {
        private final LeafColumn leaf;
        private final Values pool;
        private final double nullShare;
        private final IntStream.Builder repetition = IntStream.builder();
        private final IntStream.Builder definition = IntStream.builder();
        private final Values.Builder values = new Values.Builder(16);
        private int lastPick;

        Column(LeafColumn leaf, Values pool, double nullShare) {
            this.leaf = leaf;
            this.pool = pool;
            this.nullShare = nullShare;
        }

        void add(int depth, int repetitionLevel, int definitionLevel, int lists) {
            if (depth == leaf.path().size()) {
                level(repetitionLevel, definitionLevel);
                // Values come in clusters, so that there are runs.
                lastPick = random.nextInt(3) == 0 ? lastPick : random.nextInt(pool.count());
                values.add(pool, lastPick);
                return;
            }
            FieldRepetitionType type = leaf.repetitions().get(depth);
            boolean absent = type != FieldRepetitionType.REQUIRED && random.nextDouble() < nullShare;
            if (type == FieldRepetitionType.REQUIRED) {
                add(depth + 1, repetitionLevel, definitionLevel, lists);
            } else if (absent) {
                level(repetitionLevel, definitionLevel);
            } else if (type == FieldRepetitionType.OPTIONAL) {
                add(depth + 1, repetitionLevel, definitionLevel + 1, lists);
            } else {
                int elements = 1 + random.nextInt(3);
                for (int i = 0; i < elements; i++) {
                    add(depth + 1, i == 0 ? repetitionLevel : lists + 1, definitionLevel + 1, lists + 1);
                }
            }
        }

        private void level(int repetitionLevel, int definitionLevel) {
            repetition.add(repetitionLevel);
            definition.add(definitionLevel);
        }

        Triplets triplets() {
            return new Triplets(repetition.build().toArray(), definition.build().toArray(), values.build());
        }
    }
}
