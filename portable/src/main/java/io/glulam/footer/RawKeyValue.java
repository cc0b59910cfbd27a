package io.glulam.footer;

import java.io.Serializable;
import java.util.Arrays;

/**
 * An entry of the key-value metadata as a file has it, so that it can be carried to another file byte for byte.
 *
 * @param key the entry's key
 * @param bytes the serialized {@code KeyValue} struct, key included; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawKeyValue(String key, byte[] bytes) implements Serializable {
    /** Equal if key and value are, byte for byte. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RawKeyValue that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
