package io.glulam.testkit.oracle;

import static io.glulam.testkit.generate.DuckDbSession.identifier;
import static io.glulam.testkit.generate.DuckDbSession.literal;

import io.glulam.testkit.generate.DuckDbSession;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * DuckDB's opinion of files. Its equality is of values: NaNs are equal whatever their payload; −0 and 0 are told apart
 * here. It knows nothing of levels and bits, for which {@code read.TripletComparison} is the judge.
 */
public final class DuckDb {
    private DuckDb() {}

    /**
     * Why DuckDB cannot read a file, every value of it; empty if it can.
     */
    public static Optional<String> refusal(Path file) {
        try (DuckDbSession duck = DuckDbSession.open()) {
            duck.execute("SELECT sum(hash(t)) FROM read_parquet(%s, hive_partitioning = false) t"
                    .formatted(pathLiteral(file)));
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(firstLine(e));
        }
    }

    /** Whether DuckDB reads every value of a file. */
    public static boolean canRead(Path file) {
        return refusal(file).isEmpty();
    }

    /** The first difference in names, types, number, order or values of rows; a file that is not read is different. */
    public static Optional<String> firstDifference(Path a, Path b) {
        return compare(a, b, DuckDb::firstDifferentRow);
    }

    /** As {@link #firstDifference}, but rows may be in another order. */
    public static Optional<String> firstDifferenceInAnyOrder(Path a, Path b) {
        return compare(a, b, DuckDb::firstUnmatchedRow);
    }

    private interface Comparison {
        Optional<String> compare(DuckDbSession duck, List<Column> columns) throws SQLException;
    }

    private record Column(String name, String type) {
        /** True where two columns differ; a text shows the sign of a zero, which an equality does not. */
        String differs() {
            String name = identifier(name());
            String values = "l.%s IS DISTINCT FROM r.%s".formatted(name, name);
            boolean floating = type.contains("DOUBLE") || type.contains("FLOAT");
            return floating
                    ? "(%s OR l.%s::VARCHAR IS DISTINCT FROM r.%s::VARCHAR)".formatted(values, name, name)
                    : values;
        }
    }

    private static Optional<String> compare(Path a, Path b, Comparison comparison) {
        try (DuckDbSession duck = DuckDbSession.open()) {
            view(duck, "a", a);
            view(duck, "b", b);
            List<List<String>> columnsOfA = duck.rows("SELECT column_name, column_type FROM (DESCRIBE a)");
            List<List<String>> columnsOfB = duck.rows("SELECT column_name, column_type FROM (DESCRIBE b)");
            if (!columnsOfA.equals(columnsOfB)) {
                return Optional.of("columns %s are not %s".formatted(columnsOfB, columnsOfA));
            }
            String rowsOfA = duck.text("SELECT count(*) FROM a").orElseThrow();
            String rowsOfB = duck.text("SELECT count(*) FROM b").orElseThrow();
            if (!rowsOfA.equals(rowsOfB)) {
                return Optional.of("%s rows, not %s".formatted(rowsOfB, rowsOfA));
            }
            List<Column> columns = columnsOfA.stream()
                    .map(column -> new Column(column.get(0), column.get(1)))
                    .toList();
            return comparison.compare(duck, columns);
        } catch (SQLException e) {
            return Optional.of("DuckDB does not read it: " + firstLine(e));
        }
    }

    private static void view(DuckDbSession duck, String name, Path file) throws SQLException {
        duck.execute("CREATE VIEW %s AS FROM read_parquet(%s, hive_partitioning = false)"
                .formatted(name, pathLiteral(file)));
    }

    /** With one thread a positional join goes through both files in order, without holding either. */
    private static Optional<String> firstDifferentRow(DuckDbSession duck, List<Column> columns) throws SQLException {
        StringJoiner which = new StringJoiner(" ", "CASE ", " END");
        for (Column column : columns) {
            which.add("WHEN %s THEN %s".formatted(column.differs(), literal(column.name())));
        }
        List<List<String>> found = duck.rows("""
                SELECT which FROM (
                  SELECT %s AS which FROM a l POSITIONAL JOIN b r)
                WHERE which IS NOT NULL LIMIT 1
                """.formatted(which));
        return found.isEmpty() ? Optional.empty() : firstDifferentText(duck, columns);
    }

    /**
     * Decides where the join has found a difference: DuckDB 2.0.0 now and then finds equal values distinct if several columns
     * are joined by position and the row groups of the two files end at different rows. Both files are read in order, as
     * text, which is slow.
     */
    private static Optional<String> firstDifferentText(DuckDbSession duck, List<Column> columns) throws SQLException {
        String texts = columns.stream()
                .map(column -> identifier(column.name()) + "::VARCHAR")
                .collect(Collectors.joining(", ", "SELECT ", " FROM "));
        List<List<String>> expected = duck.rows(texts + "a");
        List<List<String>> actual = duck.rows(texts + "b");
        for (int row = 0; row < expected.size(); row++) {
            for (int i = 0; i < columns.size(); i++) {
                String right = actual.get(row).get(i);
                String left = expected.get(row).get(i);
                if (!Objects.equals(left, right)) {
                    return Optional.of("column %s, row %d: %s is not %s"
                            .formatted(columns.get(i).name(), row, right, left));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstUnmatchedRow(DuckDbSession duck, List<Column> columns) throws SQLException {
        Function<String, String> texts = view -> columns.stream()
                .map(column -> identifier(column.name()))
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + view));
        List<List<String>> missing =
                duck.rows("%s EXCEPT ALL %s LIMIT 1".formatted(texts.apply("a"), texts.apply("b")));
        return missing.isEmpty() ? Optional.empty() : Optional.of("a row is missing: " + missing.get(0));
    }

    private static String pathLiteral(Path file) {
        return literal(file.toAbsolutePath());
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
