package io.glulam.testkit.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Answers SQL and these statements on Iceberg tables:
 *
 * <ul>
 *   <li>{@code ADD FILES TABLE COUNT}: see {@link ManifestFiller}
 *   <li>{@code SERVE CATALOG TABLE LATENCY}: starts a {@link RestCatalog} of milliseconds, and answers its port
 *   <li>{@code COUNT REQUESTS}: answers how many requests that catalog has had
 * </ul>
 */
final class Statements {
    private static final String ADD_FILES = "ADD FILES ";
    private static final String SERVE_CATALOG = "SERVE CATALOG ";
    private static final String COUNT_REQUESTS = "COUNT REQUESTS";

    private final SparkSession session;
    private @Nullable RestCatalog catalog;

    Statements(SparkSession session) {
        this.session = session;
    }

    List<List<String>> answer(String statement) throws Exception {
        String[] words = statement.split(" ", -1);
        if (statement.startsWith(ADD_FILES)) {
            new ManifestFiller(table(words[2])).add(Integer.parseInt(words[3]));
            return List.of();
        }
        if (statement.startsWith(SERVE_CATALOG)) {
            RestCatalog started = new RestCatalog(table(words[2]), Long.parseLong(words[3]));
            catalog = started;
            return List.of(List.of(Integer.toString(started.port())));
        }
        if (statement.equals(COUNT_REQUESTS) && catalog != null) {
            return List.of(List.of(Integer.toString(catalog.requests())));
        }
        return rows(statement);
    }

    private Table table(String name) throws Exception {
        return Spark3Util.loadIcebergTable(session, name);
    }

    private List<List<String>> rows(String statement) {
        List<List<String>> rows = new ArrayList<>();
        for (Row row : session.sql(statement).collectAsList()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.length(); i++) {
                cells.add(String.valueOf(row.get(i)));
            }
            rows.add(cells);
        }
        return rows;
    }
}
