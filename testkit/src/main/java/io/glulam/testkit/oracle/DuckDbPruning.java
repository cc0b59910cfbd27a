package io.glulam.testkit.oracle;

import static io.glulam.testkit.generate.DuckDbSession.literal;

import io.glulam.testkit.generate.DuckDbSession;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;

/**
 * Filters in DuckDB on the output, which it prunes by statistics and bloom filters, against the same filters on the
 * source's rows in a table in memory. Answers and literals are DuckDB's own.
 */
final class DuckDbPruning implements AutoCloseable {
    private final DuckDbSession duck;
    private final boolean sameOrder;
    private final long rows;

    private DuckDbPruning(DuckDbSession duck, boolean sameOrder, long rows) {
        this.duck = duck;
        this.sameOrder = sameOrder;
        this.rows = rows;
    }

    /** Loads all rows of the source. */
    static DuckDbPruning of(Path source, boolean sameOrder) throws SQLException {
        DuckDbSession duck = DuckDbSession.open();
        duck.execute("CREATE TEMP TABLE source AS FROM " + scan(source, sameOrder));
        long rows = Long.parseLong(duck.text("SELECT count(*) FROM source").orElseThrow());
        return new DuckDbPruning(duck, sameOrder, rows);
    }

    private static String scan(Path file, boolean sameOrder) {
        return "read_parquet(%s, file_row_number = %b)".formatted(literal(file.toAbsolutePath()), sameOrder);
    }

    /** The first of at most {@code most} filters that finds other rows in the output than in the source. */
    Optional<String> firstMismatch(Path output, List<FlatLeaf> leaves, Random random, int most) throws SQLException {
        List<String> filters = new ArrayList<>();
        for (FlatLeaf leaf : leaves) {
            filters.addAll(filters(leaf, random));
        }
        Collections.shuffle(filters, random);
        for (String filter : filters.subList(0, Math.min(most, filters.size()))) {
            List<String> expected = bruteForce(filter);
            List<String> found = find(output, filter);
            if (!found.equals(expected)) {
                return Optional.of("DuckDB, %s: (rows, digest) %s, brute force %s".formatted(filter, found, expected));
            }
        }
        return Optional.empty();
    }

    /**
     * The first of at most {@code most} filters that finds fewer rows in the output than in the source, where DuckDB prunes
     * by what the source says, or more than there are. For sources whose claims are false.
     */
    Optional<String> firstLoss(Path source, Path output, List<FlatLeaf> leaves, Random random, int most)
            throws SQLException {
        List<String> filters = new ArrayList<>();
        for (FlatLeaf leaf : leaves) {
            filters.addAll(filters(leaf, random));
        }
        Collections.shuffle(filters, random);
        for (String filter : filters.subList(0, Math.min(most, filters.size()))) {
            List<String> expected = bruteForce(filter);
            Optional<List<String>> found = tryToFind(output, filter);
            if (found.equals(Optional.of(expected))) {
                continue;
            }
            Optional<List<String>> before = tryToFind(source, filter);
            boolean between = found.isPresent()
                    && (before.isEmpty() || rows(found.get()) > rows(before.get()))
                    && rows(found.get()) < rows(expected);
            if (!between && !found.equals(before)) {
                return Optional.of("DuckDB, %s: (rows, digest) %s, in the source %s, brute force %s"
                        .formatted(filter, found, before, expected));
            }
        }
        return Optional.empty();
    }

    private static long rows(List<String> found) {
        return Long.parseLong(found.get(0));
    }

    private Optional<List<String>> tryToFind(Path file, String filter) {
        try {
            return Optional.of(find(file, filter));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Asks every row: a filter in the place of a value is not pushed into the scan. */
    private List<String> bruteForce(String filter) throws SQLException {
        return duck.rows("SELECT count(*) FILTER (%1$s), sum(hash(t)) FILTER (%1$s) FROM source t".formatted(filter))
                .get(0);
    }

    private List<String> find(Path output, String filter) throws SQLException {
        String matching = "(FROM %s WHERE %s)".formatted(scan(output, sameOrder), filter);
        return duck.rows("SELECT count(*), sum(hash(t)) FROM %s t".formatted(matching))
                .get(0);
    }

    private List<String> filters(FlatLeaf leaf, Random random) throws SQLException {
        String column = leaf.path().stream().map(DuckDbSession::identifier).collect(Collectors.joining("."));
        List<String> filters = new ArrayList<>(List.of(column + " IS NULL", column + " IS NOT NULL"));
        List<String> literals = literals(column, random);
        if (isHalf(leaf)) {
            return filters;
        }
        for (String value : literals) {
            filters.add(column + " = " + value);
            filters.add(column + " < " + value);
        }
        // DuckDB 2.0 makes "s IS NOT NULL" of "s.x IN (1, 2)" where bounds say that s.x is 1 or null
        if (leaf.path().size() == 1 && literals.size() > 1) {
            filters.add("%s IN (%s)".formatted(column, String.join(", ", literals)));
        }
        return filters;
    }

    /** DuckDB 2.0 looks for the four bytes of a float in bloom filters of floats of two bytes, and finds none. */
    private static boolean isHalf(FlatLeaf leaf) {
        return leaf.type().getLogicalTypeAnnotation() instanceof Float16LogicalTypeAnnotation;
    }

    /**
     * The least, the greatest and a value between, as typed literals. Zeros and NaNs of floating point are left out:
     * DuckDB takes −0 for 0 but hashes them apart in bloom filters, and bounds leave out NaN.
     */
    private List<String> literals(String column, Random random) throws SQLException {
        long row = rows == 0 ? 0 : Math.floorMod(random.nextLong(), rows);
        List<String> literals = new ArrayList<>();
        for (String pick : List.of(
                "SELECT min(%s) AS v FROM source".formatted(column),
                "SELECT max(%s) AS v FROM source".formatted(column),
                "SELECT %s AS v FROM source LIMIT 1 OFFSET %d".formatted(column, row))) {
            List<List<String>> found = duck.rows("SELECT v::VARCHAR, typeof(v) FROM (%s)".formatted(pick));
            if (!found.isEmpty() && isUsable(found.get(0).get(0), found.get(0).get(1))) {
                literals.add("%s::%s"
                        .formatted(literal(found.get(0).get(0)), found.get(0).get(1)));
            }
        }
        return literals;
    }

    private static boolean isUsable(String text, String type) {
        if (text == null || text.indexOf('\0') >= 0) {
            return false;
        }
        boolean floating = type.equals("DOUBLE") || type.equals("FLOAT");
        return !floating || (!text.endsWith("nan") && Double.parseDouble(text.replace("inf", "Infinity")) != 0);
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
