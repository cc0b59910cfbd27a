package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageSections;

/** PLAIN booleans, a bit each, least significant first: bits shift where a page does not end on a byte. */
final class PlainBooleanSplicer implements ValueSplicer {
    private final ByteArrayBuilder bits = new ByteArrayBuilder(1 << 10);
    private long count;

    @Override
    public void clear() {
        bits.clear();
        count = 0;
    }

    @Override
    public void add(byte[] body, PageSections sections, int added) {
        int length = (added + 7) >>> 3;
        if (length > sections.valuesLength()) {
            throw new CorruptFile(Place.UNKNOWN, "a page too short for its " + added + " booleans");
        }
        int shift = (int) (count & 7);
        byte[] target = bits.reserve(length + 1);
        int position = bits.size() - (shift == 0 ? 0 : 1);
        int carry = shift == 0 ? 0 : target[position] & 0xff;
        for (int i = 0; i < length; i++) {
            int next = body[sections.valuesFrom() + i] & 0xff;
            if (i == length - 1 && (added & 7) != 0) {
                next &= (1 << (added & 7)) - 1;
            }
            carry |= next << shift;
            target[position + i] = (byte) carry;
            carry >>>= 8;
        }
        target[position + length] = (byte) carry;
        count += added;
        bits.advance((int) ((count + 7) >>> 3) - bits.size());
    }

    @Override
    public void finish(ByteArrayBuilder out) {
        out.append(bits.array(), 0, bits.size());
    }
}
