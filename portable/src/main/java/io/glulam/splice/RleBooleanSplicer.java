package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageSections;
import java.util.Arrays;

/** RLE booleans: decoded and run again, after their length of four bytes. */
final class RleBooleanSplicer implements ValueSplicer {
    private int[] values = new int[0];
    private int count;

    @Override
    public void clear() {
        count = 0;
    }

    @Override
    public void add(byte[] body, PageSections sections, int added) {
        if (added == 0) {
            return;
        }
        int length = sections.valuesLength() < 4 ? -1 : LittleEndian.getInt(body, sections.valuesFrom());
        if (length < 0 || length > sections.valuesLength() - 4) {
            throw new CorruptFile(Place.UNKNOWN, "RLE booleans whose length does not fit their page");
        }
        if (values.length < count + added) {
            values = Arrays.copyOf(values, Math.max(count + added, values.length * 2));
        }
        int from = sections.valuesFrom() + 4;
        HybridDecoder.decode(body, from, from + length, 1, values, count, added);
        count += added;
    }

    @Override
    public void finish(ByteArrayBuilder out) {
        int lengthAt = out.size();
        out.appendInt(0);
        HybridEncoder.encode(values, 0, count, 1, out);
        out.setInt(lengthAt, out.size() - lengthAt - 4);
    }
}
