package io.glulam.wasm;

/** Copies of bytes that were unpacked before, which may overlap what they make. */
final class Copies {
    private Copies() {}

    /** Copies {@code length} bytes that begin {@code offset} before {@code at}. */
    static void copy(byte[] target, int at, int offset, int length) {
        if (offset >= length) {
            System.arraycopy(target, at - offset, target, at, length);
        } else {
            for (int i = at; i < at + length; i++) {
                target[i] = target[i - offset];
            }
        }
    }
}
