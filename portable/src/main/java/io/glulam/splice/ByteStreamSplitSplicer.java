package io.glulam.splice;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageSections;

/** BYTE_STREAM_SPLIT values: stream k of one page after stream k of the other. */
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
        int length = streamLength(sections.valuesLength(), streams.length);
        if (length < count) {
            throw new CorruptFile(Place.UNKNOWN, "byte streams of " + length + " values, fewer than their page");
        }
        for (int i = 0; i < streams.length; i++) {
            streams[i].append(body, sections.valuesFrom() + i * length, count);
        }
    }

    /**
     * Bytes of one stream, as readers find where the next begins: by the bytes of a page, of which there may be more than
     * its values need.
     *
     * @throws CorruptFile if the streams differ in length
     */
    static int streamLength(int bytes, int width) {
        if (bytes % width != 0) {
            throw new CorruptFile(Place.UNKNOWN, "byte streams of " + bytes + " bytes for values of " + width);
        }
        return bytes / width;
    }

    @Override
    public void finish(ByteArrayBuilder out) {
        for (ByteArrayBuilder stream : streams) {
            out.append(stream.array(), 0, stream.size());
        }
    }
}
