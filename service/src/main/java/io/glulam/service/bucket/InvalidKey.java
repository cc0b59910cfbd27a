package io.glulam.service.bucket;

/** A key that names no object of the bucket. The message says why, for people. */
public final class InvalidKey extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidKey(String reason) {
        super(reason);
    }
}
