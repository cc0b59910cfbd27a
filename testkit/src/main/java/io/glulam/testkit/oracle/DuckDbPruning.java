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

    /**
     * The first of at most {@code most} filters, and a third as many compound ones, that finds other rows in the output than
     * in the source; or the first column of which the output counts other values.
     */
    Optional<String> firstMismatch(Path output, List<FlatLeaf> leaves, Random random, int most) throws SQLException {
        for (String filter : drawn(leaves, random, most)) {
            List<String> expected = bruteForce(filter);
            List<String> found = find(output, filter);
            if (!found.equals(expected)) {
                return Optional.of("DuckDB, %s: (rows, digest) %s, brute force %s".formatted(filter, found, expected));
            }
        }
        List<Count> expected = counts(leaves, "source");
        List<Count> found = counts(leaves, scan(output, sameOrder));
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of("DuckDB counts %s, brute force %s".formatted(found, expected));
    }

    /**
     * The first of at most {@code most} filters, and a third as many compound ones, that finds fewer rows in the output than in
     * the source, where DuckDB prunes by what the source says, or more than there are; or the first column of which the output
     * counts values otherwise than both. For sources whose claims are false.
     */
    Optional<String> firstLoss(Path source, Path output, List<FlatLeaf> leaves, Random random, int most)
            throws SQLException {
        for (String filter : drawn(leaves, random, most)) {
            List<String> expected = bruteForce(filter);
            Optional<List<String>> found = tryToFind(output, filter);
            if (found.equals(Optional.of(expected))) {
                continue;
            }
            Optional<List<String>> before = tryToFind(source, filter);
            boolean between = found.isPresent() && isBetween(found.get(), before, expected);
            if (!between && !found.equals(before)) {
                return Optional.of("DuckDB, %s: (rows, digest) %s, in the source %s, brute force %s"
                        .formatted(filter, found, before, expected));
            }
        }
        return firstOtherCount(source, output, leaves);
    }

    /** DuckDB answers {@code count(x)} without reading where statistics say that there are no nulls. */
    private Optional<String> firstOtherCount(Path source, Path output, List<FlatLeaf> leaves) throws SQLException {
        List<Count> expected = counts(leaves, "source");
        Optional<List<Count>> found = tryToCount(leaves, output);
        if (found.equals(Optional.of(expected))) {
            return Optional.empty();
        }
        Optional<List<Count>> before = tryToCount(leaves, source);
        if (found.isEmpty() && before.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < expected.size(); i++) {
            Count right = expected.get(i);
            if (found.isEmpty()
                    || !found.get()
                            .get(i)
                            .isBetween(before.isEmpty() ? right : before.get().get(i), right)) {
                return Optional.of(
                        "DuckDB counts %s, in the source %s, brute force %s".formatted(found, before, expected));
            }
        }
        return Optional.empty();
    }

    /** How many values of a column are not null. */
    private record Count(String column, long values) {
        boolean isBetween(Count one, Count other) {
            return Math.min(one.values, other.values) <= values && values <= Math.max(one.values, other.values);
        }

        @Override
        public String toString() {
            return "count(%s) = %d".formatted(column, values);
        }
    }

    /** All columns by one statement. */
    private List<Count> counts(List<FlatLeaf> leaves, String from) throws SQLException {
        List<Count> counts = new ArrayList<>();
        if (leaves.isEmpty()) {
            return counts;
        }
        List<String> columns = leaves.stream().map(DuckDbPruning::column).toList();
        String select = columns.stream().map("count(%s)"::formatted).collect(Collectors.joining(", "));
        List<String> found =
                duck.rows("SELECT %s FROM %s".formatted(select, from)).get(0);
        for (int i = 0; i < found.size(); i++) {
            counts.add(new Count(columns.get(i), Long.parseLong(found.get(i))));
        }
        return counts;
    }

    private Optional<List<Count>> tryToCount(List<FlatLeaf> leaves, Path file) {
        try {
            return Optional.of(counts(leaves, scan(file, sameOrder)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** A source that hides nulls or calls values null finds fewer rows than there are, or more; the output may be healed in part. */
    private static boolean isBetween(List<String> found, Optional<List<String>> before, List<String> expected) {
        long least = before.isEmpty() ? -1 : Math.min(rows(before.get()), rows(expected));
        long most = before.isEmpty() ? rows(expected) : Math.max(rows(before.get()), rows(expected));
        return least < rows(found) && rows(found) < most;
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

    /** So many filters of one condition, and a third as many of two. */
    private List<String> drawn(List<FlatLeaf> leaves, Random random, int most) throws SQLException {
        List<String> single = new ArrayList<>();
        List<String> compound = new ArrayList<>();
        for (FlatLeaf leaf : leaves) {
            addFilters(leaf, random, single, compound);
        }
        Collections.shuffle(single, random);
        Collections.shuffle(compound, random);
        List<String> drawn = new ArrayList<>(single.subList(0, Math.min(most, single.size())));
        drawn.addAll(compound.subList(0, Math.min((most + 2) / 3, compound.size())));
        return drawn;
    }

    private static String column(FlatLeaf leaf) {
        return leaf.path().stream().map(DuckDbSession::identifier).collect(Collectors.joining("."));
    }

    private void addFilters(FlatLeaf leaf, Random random, List<String> single, List<String> compound)
            throws SQLException {
        String column = column(leaf);
        single.add(column + " IS NULL");
        single.add(column + " IS NOT NULL");
        List<String> literals = literals(column, random);
        if (isHalf(leaf)) {
            return;
        }
        for (String value : literals) {
            single.add(column + " = " + value);
            single.add(column + " < " + value);
            compound.add("(%1$s IS NULL OR %1$s = %2$s)".formatted(column, value));
            compound.add("(%1$s IS NULL OR %1$s < %2$s)".formatted(column, value));
            compound.add("(%1$s IS NOT NULL AND %1$s < %2$s)".formatted(column, value));
        }
        // DuckDB 2.0 makes "s IS NOT NULL" of "s.x IN (1, 2)" where bounds say that s.x is 1 or null
        if (leaf.path().size() == 1 && literals.size() > 1) {
            single.add("%s IN (%s)".formatted(column, String.join(", ", literals)));
        }
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
