package io.glulam.s3.client;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the bytes of an answer up to a limit. */
final class ByteCollector implements BodySink {
    private final byte[] bytes;
    private int size;

    ByteCollector(int limit) {
        bytes = new byte[limit];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    @Override
    public void accept(ByteBuffer more) {
        int count = Math.min(more.remaining(), bytes.length - size);
        more.get(bytes, size, count);
        size += count;
        more.position(more.limit());
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }
}
