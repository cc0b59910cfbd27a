package io.glulam.s3.client;

import java.nio.ByteBuffer;

/** Takes the bytes of an answer as they come. Fails to end the request. */
@FunctionalInterface
interface BodySink {
    void accept(ByteBuffer bytes);
}
