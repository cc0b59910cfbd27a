package io.glulam.recode;

import io.glulam.format.Leaf;
import io.glulam.page.ByteArrayBuilder;

/** Encoding BYTE_STREAM_SPLIT: all first bytes, then all second ones, and so on. */
final class SplitEncoders {
    private SplitEncoders() {}

    static ValuesEncoder of(Leaf leaf) {
        int width = leaf.valueWidth();
        return switch (leaf.type()) {
            case FIXED_LEN_BYTE_ARRAY -> (page, out) -> bytes(page, width, out);
            default -> (page, out) -> numbers(page, width, out);
        };
    }

    private static void numbers(PageBuffer page, int width, ByteArrayBuilder out) {
        long[] values = page.numbers();
        int count = page.values();
        byte[] target = out.reserve(count * width);
        int stream = out.size();
        for (int shift = 0; shift < width << 3; shift += 8, stream += count) {
            for (int i = 0; i < count; i++) {
                target[stream + i] = (byte) (values[i] >>> shift);
            }
        }
        out.advance(count * width);
    }

    private static void bytes(PageBuffer page, int width, ByteArrayBuilder out) {
        byte[] heap = page.heap();
        int count = page.values();
        byte[] target = out.reserve(count * width);
        int stream = out.size();
        for (int k = 0; k < width; k++, stream += count) {
            for (int i = 0, at = k; i < count; i++, at += width) {
                target[stream + i] = heap[at];
            }
        }
        out.advance(count * width);
    }
}
