package io.glulam.page;

/**
 * Where page bodies are read and unpacked: lent from one {@link PageBodyReader} to the next, so that small chunks do not
 * each allocate their own. Not thread-safe.
 */
public final class BodyArrays {
    private static final int DOUBLED_UP_TO = 1 << 20;

    private byte[] stored = {};
    private byte[] body = {};

    /** For what is stored: at least {@code length} bytes, whose contents are lost with the next call. */
    byte[] stored(int length) {
        stored = grown(stored, length);
        return stored;
    }

    /** For what is unpacked: at least {@code length} bytes, whose contents are lost with the next call. */
    byte[] body(int length) {
        body = grown(body, length);
        return body;
    }

    private static byte[] grown(byte[] array, int length) {
        return array.length >= length ? array : new byte[Math.max(length, Math.min(array.length * 2, DOUBLED_UP_TO))];
    }
}
