package io.glulam.verify;

import io.glulam.decode.TripletReader;
import io.glulam.error.Place;
import io.glulam.error.VerificationFailed;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.source.ConcatenatedPages;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import java.util.Iterator;
import java.util.List;

/** Decodes a merged column chunk and its sources, and compares levels and values, bit for bit. */
final class ValueVerifier {
    private ValueVerifier() {}

    /** @throws VerificationFailed if they differ */
    static void verify(SourceFile file, List<ColumnChunk> sources, SourceFile written, ColumnChunk chunk, Leaf leaf) {
        Iterator<ColumnChunk> rest = sources.iterator();
        ConcatenatedPages pages =
                new ConcatenatedPages(() -> rest.hasNext() ? new SourceChunk(file, rest.next()) : null);
        try (TripletReader expected =
                        new TripletReader(leaf, pages, file.footer().createdBy());
                TripletReader found = new TripletReader(
                        leaf, new SourceChunk(written, chunk), written.footer().createdBy())) {
            if (!TripletReader.same(found, expected)) {
                throw new VerificationFailed(
                        new Place(written.bytes().name(), -1, leaf.name(), -1),
                        "the merged column chunk does not hold its sources' values");
            }
        }
    }
}
