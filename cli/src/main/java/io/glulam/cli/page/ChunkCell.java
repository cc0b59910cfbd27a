package io.glulam.cli.page;

import io.glulam.format.CompressionCodec;
import io.glulam.picture.ChunkMatrix;
import io.glulam.plan.Units;
import java.util.Locale;

/** One chunk in the map of columns by row groups: a shade from 0 to 5 for each thing that the map can show. */
record ChunkCell(ChunkMatrix.Cell chunk, long largestChunk) {
    private static final int MAX_SHADE = 5;
    private static final int UNKNOWN = 9;

    /** Shades as classes of the style sheet. */
    String classes() {
        return "b" + bytes() + " e" + EncodingKind.of(encodings()) + " r" + ratio() + " n" + nulls();
    }

    /** Each shade stands for four times the bytes of the one below it. */
    private int bytes() {
        int shade = MAX_SHADE;
        for (long at = chunk.compressedSize(); shade > 0 && at < largestChunk; at *= 4) {
            shade--;
            if (at == 0) {
                return 0;
            }
        }
        return shade;
    }

    /** Doublings of the size by unpacking. */
    private int ratio() {
        long packed = Math.max(1, chunk.compressedSize());
        int shade = 0;
        for (double ratio = (double) chunk.uncompressedSize() / packed; ratio > 1.5 && shade < MAX_SHADE; ratio /= 2) {
            shade++;
        }
        return shade;
    }

    private int nulls() {
        long nulls = chunk.nullCount();
        if (nulls < 0) {
            return UNKNOWN;
        }
        return nulls == 0 ? 0 : (int) Math.min(MAX_SHADE, 1 + nulls * 4 / Math.max(1, chunk.valueCount()));
    }

    private String encodings() {
        return String.join(", ", chunk.form().encodingNames());
    }

    /** The numbers behind the shades. */
    String title() {
        return Units.size(chunk.compressedSize()) + ", "
                + CompressionCodec.nameOf(chunk.form().codec()) + ", " + encodings()
                + ", "
                + String.format(
                        Locale.ROOT,
                        "ratio %.1f",
                        (double) chunk.uncompressedSize() / Math.max(1, chunk.compressedSize()))
                + ", "
                + (chunk.nullCount() < 0 ? "nulls unknown" : Units.count(chunk.nullCount()) + " nulls");
    }
}
