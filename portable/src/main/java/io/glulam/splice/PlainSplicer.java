package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageSections;

/** PLAIN values of whole bytes: one page's after the other's. */
final class PlainSplicer implements ValueSplicer {
    private final int width;
    private final ByteArrayBuilder values = new ByteArrayBuilder(1 << 12);

    /** @param width bytes of a value; -1 for BYTE_ARRAY */
    PlainSplicer(int width) {
        this.width = width;
    }

    @Override
    public void clear() {
        values.clear();
    }

    @Override
    public void add(byte[] body, PageSections sections, int count) {
        int length = width >= 0
                ? fixedLength(sections.valuesLength(), count)
                : byteArrayLength(body, sections.valuesFrom(), sections.valuesLength(), count);
        values.append(body, sections.valuesFrom(), length);
    }

    private int fixedLength(int available, int count) {
        long length = (long) count * width;
        if (length > available) {
            throw tooShort(count);
        }
        return (int) length;
    }

    private static int byteArrayLength(byte[] body, int from, int available, int count) {
        int left = available;
        int position = from;
        for (int i = 0; i < count; i++) {
            if (left < 4) {
                throw tooShort(count);
            }
            int length = LittleEndian.getInt(body, position);
            if (length < 0 || length > left - 4) {
                throw tooShort(count);
            }
            position += 4 + length;
            left -= 4 + length;
        }
        return position - from;
    }

    private static CorruptFile tooShort(int count) {
        return new CorruptFile(Place.UNKNOWN, "a page too short for its " + count + " PLAIN values");
    }

    @Override
    public void expect(int bytes) {
        values.reserve(bytes);
    }

    @Override
    public ByteArrayBuilder joined() {
        return values;
    }

    @Override
    public void finish(ByteArrayBuilder out) {
        out.append(values.array(), 0, values.size());
    }
}
