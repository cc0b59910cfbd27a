package io.glulam.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A struct as the reference implementation's generated classes read it.
 *
 * @param struct as read
 * @param length bytes that it takes
 */
record Reference<T>(T struct, int length) {
    /** Reads a struct. */
    @FunctionalInterface
    interface Reading<T> {
        T of(InputStream in) throws IOException;
    }

    /** Reads the struct that {@code bytes} begin with; null where the reference implementation fails. */
    static <T> @Nullable Reference<T> read(byte[] bytes, Reading<T> reading) {
        InputStream in = new ByteArrayInputStream(bytes);
        try {
            T struct = reading.of(in);
            return new Reference<>(struct, bytes.length - in.available());
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return null;
        }
    }

    /**
     * Requires that two values are equal; arrays are by their elements.
     *
     * @throws Mismatch if they are not
     */
    static void same(String what, @Nullable Object found, @Nullable Object expected) {
        if (!Objects.deepEquals(found, expected)) {
            throw new Mismatch(what + " is " + text(found) + ", the reference reads " + text(expected));
        }
    }

    private static String text(@Nullable Object value) {
        String text = Arrays.deepToString(new Object[] {value});
        return text.substring(1, text.length() - 1);
    }

    /** Returns a count as Glulam has it, which takes a negative one for an absent one. */
    static long count(boolean isSet, long count) {
        return isSet ? Math.max(-1, count) : -1;
    }

    /** Returns the numbers of a list; none for an absent one. */
    static long[] numbers(@Nullable List<Long> list) {
        return list == null
                ? new long[0]
                : list.stream().mapToLong(Long::longValue).toArray();
    }
}
