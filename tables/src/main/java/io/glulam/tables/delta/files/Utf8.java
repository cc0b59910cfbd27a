package io.glulam.tables.delta.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text in the order of its bytes. */
@SuppressWarnings("ArrayRecordComponent")
public record Utf8(byte[] bytes) implements Comparable<Utf8> {
    public static Utf8 of(String text) {
        return new Utf8(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int compareTo(Utf8 other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Utf8 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
