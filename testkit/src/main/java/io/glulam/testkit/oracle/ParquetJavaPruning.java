package io.glulam.testkit.oracle;

import io.glulam.testkit.generate.GroupFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;

/** Filters in parquet-java, with everything that it prunes by, against brute force over the source's rows. */
final class ParquetJavaPruning {
    private final List<FlatLeaf> leaves;
    private final List<Row> rows;
    private final boolean sameOrder;

    /** A row of the source: its digest, and the value of each leaf that filters are made for. */
    private record Row(long digest, List<Comparable<?>> values) {}

    /** What a filter finds: how many rows, and a digest of them that depends on their order where that is asked for. */
    private record Found(long rows, long digest) {
        Found plus(long rowDigest, boolean sameOrder) {
            return new Found(rows + 1, sameOrder ? RowDigest.mix(digest, rowDigest) : digest + rowDigest);
        }
    }

    private ParquetJavaPruning(List<FlatLeaf> leaves, List<Row> rows, boolean sameOrder) {
        this.leaves = leaves;
        this.rows = rows;
        this.sameOrder = sameOrder;
    }

    /** Reads the source once, without filters. */
    static ParquetJavaPruning of(Path source, boolean sameOrder) throws IOException {
        try (GroupFileReader reader = GroupFileReader.open(source)) {
            List<FlatLeaf> leaves = FlatLeaf.of(reader.schema());
            List<Row> rows = new ArrayList<>();
            while (reader.hasNext()) {
                Group row = reader.next();
                List<Comparable<?>> values = new ArrayList<>(leaves.size());
                leaves.forEach(leaf -> values.add(leaf.value(row)));
                rows.add(new Row(RowDigest.of(row), values));
            }
            return new ParquetJavaPruning(leaves, rows, sameOrder);
        }
    }

    /**
     * The first of at most {@code most} filters, and a third as many compound ones, that finds other rows in the output than
     * brute force in the source.
     */
    Optional<String> firstMismatch(Path output, Random random, int most) throws IOException {
        for (LeafFilter filter : drawn(random, most)) {
            Found expected = bruteForce(filter);
            Found found = find(output, filter);
            if (!found.equals(expected)) {
                return Optional.of("parquet-java, %s: %s, brute force %s".formatted(filter, found, expected));
            }
        }
        return Optional.empty();
    }

    /**
     * The first of at most {@code most} filters, and a third as many compound ones, that finds less in the output than in the
     * source, where readers prune by what the source says, or more than there is. For sources whose claims are false: then
     * the output may be healed.
     */
    Optional<String> firstLoss(Path source, Path output, Random random, int most) throws IOException {
        for (LeafFilter filter : drawn(random, most)) {
            Found expected = bruteForce(filter);
            Optional<Found> found = tryToFind(output, filter);
            if (found.isPresent() && found.get().equals(expected)) {
                continue;
            }
            Optional<Found> before = tryToFind(source, filter);
            boolean between = found.isPresent()
                    && (before.isEmpty() || found.get().rows() >= before.get().rows())
                    && found.get().rows() <= expected.rows();
            boolean healed = between
                    && !before.equals(Optional.of(expected))
                    && found.get().rows() < expected.rows();
            boolean unreadable = found.isEmpty() && before.isEmpty();
            if (!healed && !unreadable && !found.equals(before)) {
                return Optional.of("parquet-java, %s: %s, in the source %s, brute force %s"
                        .formatted(filter, found, before, expected));
            }
        }
        return Optional.empty();
    }

    /** So many filters of one condition, and a third as many of two. */
    private List<LeafFilter> drawn(Random random, int most) {
        FilterSampler sampler = new FilterSampler(random);
        List<LeafFilter> single = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            single.addAll(sampler.sample(leaves.get(i), column(i)));
        }
        List<LeafFilter> compound = FilterSampler.compound(single);
        Collections.shuffle(single, random);
        Collections.shuffle(compound, random);
        List<LeafFilter> drawn = new ArrayList<>(single.subList(0, Math.min(most, single.size())));
        drawn.addAll(compound.subList(0, Math.min((most + 2) / 3, compound.size())));
        return drawn;
    }

    /** Empty if it cannot be read. Where Java's assertions are on, parquet-java asserts that an offset index ascends. */
    private Optional<Found> tryToFind(Path file, LeafFilter filter) {
        try {
            return Optional.of(find(file, filter));
        } catch (IOException | RuntimeException | AssertionError e) {
            return Optional.empty();
        }
    }

    private List<Comparable<?>> column(int leaf) {
        List<Comparable<?>> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(row.values().get(leaf)));
        return values;
    }

    private Found bruteForce(LeafFilter filter) {
        int leaf = leaves.indexOf(filter.leaf());
        Found found = new Found(0, 0);
        for (Row row : rows) {
            if (filter.matches(row.values().get(leaf))) {
                found = found.plus(row.digest(), sameOrder);
            }
        }
        return found;
    }

    private Found find(Path output, LeafFilter filter) throws IOException {
        Found found = new Found(0, 0);
        try (ParquetReader<Group> reader = new Builder(output)
                .withFilter(FilterCompat.get(filter.toPredicate()))
                .useStatsFilter(true)
                .useDictionaryFilter(true)
                .useBloomFilter(true)
                .useColumnIndexFilter(true)
                .useRecordFilter(true)
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                found = found.plus(RowDigest.of(row), sameOrder);
            }
        }
        return found;
    }

    private static final class Builder extends ParquetReader.Builder<Group> {
        Builder(Path file) {
            super(new LocalInputFile(file), new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
