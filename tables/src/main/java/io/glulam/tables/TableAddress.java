package io.glulam.tables;

import java.util.Arrays;
import java.util.List;

/** The name of a table: {@code iceberg:CATALOG.NAMESPACE.TABLE} or {@code delta:LOCATION}. */
public sealed interface TableAddress {
    /** The beginning of the address of an Iceberg table. */
    String ICEBERG = "iceberg:";

    /** The beginning of the address of a Delta table. */
    String DELTA = "delta:";

    /**
     * A table of an Iceberg catalog.
     *
     * @param catalog name of the catalog, as the configuration of catalogs has it
     * @param namespace levels of the namespace, from the outermost on; at least one
     * @param table name of the table
     */
    record Iceberg(String catalog, List<String> namespace, String table) implements TableAddress {
        public Iceberg {
            namespace = List.copyOf(namespace);
        }

        @Override
        public String toString() {
            return ICEBERG + catalog + "." + String.join(".", namespace) + "." + table;
        }
    }

    /**
     * A Delta table.
     *
     * @param location a local folder, or {@code s3://BUCKET/PREFIX}
     */
    record Delta(String location) implements TableAddress {
        @Override
        public String toString() {
            return DELTA + location;
        }
    }

    /** Returns whether a text is meant as the address of a table. */
    static boolean isOne(String text) {
        return text.startsWith(ICEBERG) || text.startsWith(DELTA);
    }

    /**
     * Parses an address.
     *
     * @throws IllegalArgumentException with a sentence for people, if the text is not an address
     */
    static TableAddress parse(String text) {
        if (text.startsWith(DELTA)) {
            String location = text.substring(DELTA.length());
            if (location.isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' names no table: write delta:FOLDER");
            }
            return new Delta(location);
        }
        if (!text.startsWith(ICEBERG)) {
            throw new IllegalArgumentException("'" + text + "' begins with neither iceberg: nor delta:");
        }
        List<String> parts = Arrays.asList(text.substring(ICEBERG.length()).split("\\.", -1));
        if (parts.size() < 3 || parts.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("'" + text + "' names no table: write iceberg:CATALOG.NAMESPACE.TABLE");
        }
        int last = parts.size() - 1;
        return new Iceberg(parts.get(0), parts.subList(1, last), parts.get(last));
    }
}
