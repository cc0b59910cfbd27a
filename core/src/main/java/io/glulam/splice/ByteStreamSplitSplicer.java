package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageSections;

/** BYTE_STREAM_SPLIT values: stream k of one page behind stream k of the other. */
final class ByteStreamSplitSplicer implements ValueSplicer {
    private final ByteArrayBuilder[] streams;

    /** @param width bytes of a value, which is the number of streams */
    ByteStreamSplitSplicer(int width) {
        streams = new ByteArrayBuilder[width];
        for (int i = 0; i < width; i++) {
            streams[i] = new ByteArrayBuilder(1 << 8);
        }
    }

    @Override
    public void clear() {
        for (ByteArrayBuilder stream : streams) {
            stream.clear();
        }
    }

    @Override
    public void add(byte[] body, PageSections sections, int count) {
        if ((long) count * streams.length != sections.valuesLength()) {
            throw new CorruptFile(
                    Place.UNKNOWN,
                    count + " values in " + sections.valuesLength() + " bytes of BYTE_STREAM_SPLIT, expected "
                            + (long) count * streams.length);
        }
        for (int i = 0; i < streams.length; i++) {
            streams[i].append(body, sections.valuesFrom() + i * count, count);
        }
    }

    @Override
    public void finish(ByteArrayBuilder out) {
        for (ByteArrayBuilder stream : streams) {
            out.append(stream.array(), 0, stream.size());
        }
    }
}
