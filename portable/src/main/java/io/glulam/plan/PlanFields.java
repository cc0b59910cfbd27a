package io.glulam.plan;

import java.io.IOException;
import java.util.List;

/** The fields of a saved plan, one after the other. */
final class PlanFields {
    private PlanFields() {}

    /** Writes fields. */
    interface Writer {
        void text(String key, String value) throws IOException;

        void number(String key, long value) throws IOException;

        void flag(String key, boolean value) throws IOException;

        void list(String key, List<String> values) throws IOException;
    }

    /** Reads fields in the order in which they were written; fails if another one comes. */
    interface Reader {
        String text(String key) throws IOException;

        /**
         * Reads a whole number.
         *
         * @param max the largest that is accepted; the smallest is 0
         */
        long number(String key, long max) throws IOException;

        /** Reads a text, or a whole number as its digits. */
        String textOrNumber(String key) throws IOException;

        boolean flag(String key) throws IOException;

        /**
         * Reads a list of texts.
         *
         * @param max how many are accepted
         */
        List<String> list(String key, int max) throws IOException;

        /** One of {@code type}'s constants by its name. */
        <E extends Enum<E>> E constant(String key, String name, Class<E> type);
    }
}
