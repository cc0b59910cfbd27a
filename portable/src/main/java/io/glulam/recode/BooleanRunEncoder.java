package io.glulam.recode;

import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridEncoder;

/** Encoding RLE of booleans: the length of the runs in four bytes, then runs of one bit. */
final class BooleanRunEncoder implements ValuesEncoder {
    private int[] bits = {};

    @Override
    public void encode(PageBuffer page, ByteArrayBuilder out) {
        int count = page.values();
        bits = bits.length < count ? new int[count] : bits;
        long[] values = page.numbers();
        for (int i = 0; i < count; i++) {
            bits[i] = (int) values[i];
        }
        int start = out.size();
        out.appendInt(0);
        HybridEncoder.encode(bits, 0, count, 1, out);
        out.setInt(start, out.size() - start - Integer.BYTES);
    }
}
