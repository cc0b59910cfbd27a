package io.glulam.fuzz;

import io.glulam.testkit.mutate.ThriftForms;
import java.util.Arrays;
import java.util.Random;

/** Serialized structs as they are and in another form. */
final class Forms {
    private Forms() {}

    /** Checks a serialized struct. */
    @FunctionalInterface
    interface Check {
        /**
         * Returns whether Glulam and the reference implementation both read it.
         *
         * @throws Mismatch if they read it otherwise
         */
        boolean of(byte[] struct);
    }

    /** Checks a struct, and one that its bytes decide in another form. */
    static void check(byte[] struct, Check check) {
        check.of(struct);
        byte[] other = ThriftForms.change(struct, new Random(Arrays.hashCode(struct)));
        if (!Arrays.equals(struct, other)) {
            check.of(other);
        }
    }
}
