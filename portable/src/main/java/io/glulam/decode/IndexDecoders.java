package io.glulam.decode;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;

/** Values that are stored as small numbers: indices into a dictionary, and booleans in runs. */
final class IndexDecoders {
    private IndexDecoders() {}

    static ValueDecoder of(Leaf leaf, SmallNumberDecoder indices, ChunkDictionary dictionary) {
        return leaf.type() == PhysicalType.BOOLEAN
                ? new IndexedBooleans(indices, dictionary)
                : new Indexed(indices, dictionary);
    }

    private static final class Indexed extends ValueDecoder {
        private final SmallNumberDecoder indices;
        private final ChunkDictionary dictionary;

        Indexed(SmallNumberDecoder indices, ChunkDictionary dictionary) {
            this.indices = indices;
            this.dictionary = dictionary;
        }

        @Override
        void read(ColumnBatch batch, int count) {
            int[] target = batch.indicesToFill(dictionary);
            indices.read(target, 0, count);
            dictionary.check(target, count);
        }
    }

    /** Legal, though no writer is known to write it: given as values, so that nothing else needs to know. */
    private static final class IndexedBooleans extends ValueDecoder {
        private final SmallNumberDecoder indices;
        private final ChunkDictionary dictionary;
        private final int[] read = new int[ColumnBatch.CAPACITY];

        IndexedBooleans(SmallNumberDecoder indices, ChunkDictionary dictionary) {
            this.indices = indices;
            this.dictionary = dictionary;
        }

        @Override
        void read(ColumnBatch batch, int count) {
            indices.read(read, 0, count);
            dictionary.check(read, count);
            long[] target = batch.numbersToFill();
            for (int i = 0; i < count; i++) {
                target[i] = dictionary.bit(read[i]);
            }
        }
    }

    /** Booleans as runs of zeroes and ones. */
    static final class Booleans extends ValueDecoder {
        private final SmallNumberDecoder runs;
        private final int[] read = new int[ColumnBatch.CAPACITY];

        Booleans(SmallNumberDecoder runs) {
            this.runs = runs;
        }

        @Override
        void read(ColumnBatch batch, int count) {
            runs.read(read, 0, count);
            long[] target = batch.numbersToFill();
            for (int i = 0; i < count; i++) {
                target[i] = read[i] & 1;
            }
        }
    }
}
