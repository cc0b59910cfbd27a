package io.glulam.testkit.read;

/** The file breaks the specification, or asks for something this reader cannot do (encryption). */
public final class MalformedFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedFile(String message) {
        super(message);
    }

    public MalformedFile(String message, Throwable cause) {
        super(message, cause);
    }
}
