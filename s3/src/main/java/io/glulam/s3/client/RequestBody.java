package io.glulam.s3.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The body of a request: read at least twice, to be hashed and sent, and again where it is repeated. */
public interface RequestBody {
    /** Nothing. */
    RequestBody NONE = of(new byte[0]);

    /** Bytes of it. */
    long length();

    /** Fills {@code target} from {@code position} on. */
    void read(long position, ByteBuffer target);

    /** Bytes at hand. */
    static RequestBody of(byte[] bytes) {
        return new RequestBody() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void read(long position, ByteBuffer target) {
                target.put(bytes, (int) position, target.remaining());
            }
        };
    }

    /** A text. */
    static RequestBody of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
