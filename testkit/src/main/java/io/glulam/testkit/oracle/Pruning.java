package io.glulam.testkit.oracle;

import io.glulam.testkit.generate.GroupFileReader;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Pruning equivalence: a filter on the output finds what brute force finds in the source, in readers that skip row
 * groups and pages by statistics, dictionaries, bloom filters and column indexes. Bounds that are too tight, encodings
 * that are overstated and row indexes that are shifted lose rows silently; this finds them. DuckDB also counts the values of
 * each column, which it does by null counts alone where they say that there are no nulls.
 *
 * <p>Both files are held in memory row by row: meant for up to some 100,000 rows.
 */
public final class Pruning {
    private static final int MAX_FILTERS = 60;

    private Pruning() {}

    /** The first filter with another answer, for files with the same rows in the same order. */
    public static Optional<String> equivalence(Path source, Path output, long seed) throws IOException {
        return equivalence(source, output, seed, true);
    }

    /** As {@link #equivalence}, for an output that has its row groups in another order. */
    public static Optional<String> equivalenceInAnyOrder(Path source, Path output, long seed) throws IOException {
        return equivalence(source, output, seed, false);
    }

    /**
     * Equal answers for a source whose claims may be false: a filter in parquet-java finds in the output what it finds in
     * the source, or what is there. Empty also where parquet-java does not read the source.
     *
     * @param most filters, at most, and a third as many compound ones
     */
    public static Optional<String> loss(Path source, Path output, long seed, boolean sameOrder, int most)
            throws IOException {
        ParquetJavaPruning pruning;
        try {
            pruning = ParquetJavaPruning.of(source, sameOrder);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
        return pruning.firstLoss(source, output, new Random(Seeds.derive(seed, "loss")), most);
    }

    /**
     * As {@link #loss}, in DuckDB, which reads nulls where statistics say that there is nothing else. Empty also where DuckDB
     * does not read the source.
     *
     * @param honest the source's rows, without a false claim
     */
    public static Optional<String> lossInDuckDb(
            Path honest, Path source, Path output, long seed, boolean sameOrder, int most) throws IOException {
        if (!DuckDb.canRead(source)) {
            return Optional.empty();
        }
        Random random = new Random(Seeds.derive(seed, "loss in DuckDB"));
        try (DuckDbPruning pruning = DuckDbPruning.of(honest, sameOrder)) {
            return pruning.firstLoss(source, output, leaves(honest), random, most);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> equivalence(Path source, Path output, long seed, boolean sameOrder)
            throws IOException {
        Random random = new Random(Seeds.derive(seed, "pruning"));
        Optional<String> mismatch = ParquetJavaPruning.of(source, sameOrder).firstMismatch(output, random, MAX_FILTERS);
        return mismatch.isPresent() ? mismatch : inDuckDb(source, output, random, sameOrder);
    }

    private static Optional<String> inDuckDb(Path source, Path output, Random random, boolean sameOrder)
            throws IOException {
        if (!DuckDb.canRead(source)) {
            return Optional.empty();
        }
        try (DuckDbPruning pruning = DuckDbPruning.of(source, sameOrder)) {
            return pruning.firstMismatch(output, leaves(source), random, MAX_FILTERS);
        } catch (SQLException e) {
            return Optional.of("DuckDB does not filter the output: " + e.getMessage());
        }
    }

    private static List<FlatLeaf> leaves(Path source) throws IOException {
        try (GroupFileReader reader = GroupFileReader.open(source)) {
            return FlatLeaf.of(reader.schema());
        }
    }
}
