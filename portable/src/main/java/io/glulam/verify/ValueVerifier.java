package io.glulam.verify;

import io.glulam.decode.ColumnTriplets;
import io.glulam.decode.ColumnTriplets.Chunk;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.source.ChunkLookup;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.IntFunction;

/**
 * Decodes a merged column chunk and its sources, and compares levels and values, bit for bit, and the rows of each side
 * with its row groups.
 */
final class ValueVerifier {
    private ValueVerifier() {}

    /**
     * Compares a column.
     *
     * @param chunks of {@code file}
     * @param sources row groups of the source
     * @param merged the row group that was made of them
     * @throws VerificationFailed if they differ
     * @throws GlulamException if a chunk of either side cannot be decoded or does not hold the rows of its row group; the
     *     place is in the source if its own chunk is like that
     */
    static void verify(SourceFile file, ChunkLookup chunks, int[] sources, SourceFile written, int merged, Leaf leaf) {
        try {
            requireSame(file, chunks, sources, written, merged, leaf);
        } catch (GlulamException failure) {
            requireReadable(file, chunks, sources, leaf);
            throw failure;
        }
    }

    /** Pages that move as they are may be such as nothing of ours can decode: then the new file is not to blame. */
    private static void requireReadable(SourceFile file, ChunkLookup chunks, int[] sources, Leaf leaf) {
        try (ColumnTriplets source = triplets(file, sources, leaf, rowGroup -> chunks.chunk(rowGroup, leaf))) {
            source.readRest();
        }
    }

    private static void requireSame(
            SourceFile file, ChunkLookup chunks, int[] sources, SourceFile written, int merged, Leaf leaf) {
        try (ColumnTriplets expected = triplets(file, sources, leaf, rowGroup -> chunks.chunk(rowGroup, leaf));
                ColumnTriplets found = triplets(
                        written,
                        new int[] {merged},
                        leaf,
                        rowGroup -> written.footer().chunk(rowGroup, leaf.index()))) {
            if (!found.sameRest(expected)) {
                throw new VerificationFailed(
                        new Place(written.bytes().name(), merged, leaf.name(), -1),
                        "the merged column chunk does not hold its sources' values");
            }
        }
    }

    private static ColumnTriplets triplets(
            SourceFile file, int[] rowGroups, Leaf leaf, IntFunction<ColumnChunk> chunks) {
        Iterator<Chunk> opened = Arrays.stream(rowGroups)
                .mapToObj(rowGroup -> new Chunk(
                        new Place(file.bytes().name(), rowGroup, leaf.name(), -1),
                        file.footer().rows(rowGroup),
                        file.createdBy(rowGroup),
                        () -> new SourceChunk(file, chunks.apply(rowGroup))))
                .iterator();
        return new ColumnTriplets(leaf, opened);
    }
}
