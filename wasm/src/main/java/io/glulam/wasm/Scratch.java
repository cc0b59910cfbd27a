package io.glulam.wasm;

import io.glulam.format.LittleEndian;
import org.teavm.interop.Address;

/**
 * Linear memory that engine and host see: arrays of the engine are hidden from the host. One for each instance, so what
 * lies there must be taken out before anything else is put there.
 */
final class Scratch {
    /** What lies before belongs to TeaVM; {@code glulam.js} knows it, too. */
    private static final int START = 1 << 16;

    private static int size;

    private Scratch() {}

    /** Makes it at least so long. */
    static void reserve(int bytes) {
        if (bytes > size) {
            Host.reserve(bytes);
            size = bytes;
        }
    }

    /** Puts bytes at the beginning. */
    static void put(byte[] bytes, int from, int length) {
        reserve(length);
        int words = length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            Address.fromInt(START + i).putLong(LittleEndian.getLong(bytes, from + i));
        }
        for (int i = words; i < length; i++) {
            Address.fromInt(START + i).putByte(bytes[from + i]);
        }
    }

    /** Takes bytes from the beginning. */
    static void take(byte[] target, int from, int length) {
        int words = length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            LittleEndian.setLong(target, from + i, Address.fromInt(START + i).getLong());
        }
        for (int i = words; i < length; i++) {
            target[from + i] = Address.fromInt(START + i).getByte();
        }
    }
}
