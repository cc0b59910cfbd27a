package io.glulam.gate;

/** A list of mutations that does not fit the sources, or is malformed: the list must be mended. */
final class InvalidList extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param where file and line of the list */
    InvalidList(String where, String problem) {
        super(where + ": " + problem);
    }
}
