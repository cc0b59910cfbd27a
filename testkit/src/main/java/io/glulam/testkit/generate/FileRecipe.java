package io.glulam.testkit.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.parquet.schema.MessageType;

/**
 * All that decides the bytes of a generated file. {@link #toString} is meant for failure messages.
 *
 * @param seed what the values are drawn from
 * @param shapes the shape of leaves by dotted path; a leaf without one gets a random shape from the seed
 * @param fragments the row groups, in order
 * @param metadata the file's key-value metadata
 */
public record FileRecipe(
        long seed,
        MessageType schema,
        Map<String, ValueShape> shapes,
        List<Fragment> fragments,
        Map<String, String> metadata) {
    public FileRecipe {
        shapes = Map.copyOf(shapes);
        fragments = List.copyOf(fragments);
        metadata = Map.copyOf(metadata);
    }

    /** Any schema, shapes, fragmentation and settings; at most some 5,000 rows. */
    public static FileRecipe any(long seed) {
        return anyOf(seed, SchemaGenerator.any(seed));
    }

    /** As {@link #any}, with this schema. */
    public static FileRecipe anyOf(long seed, MessageType schema) {
        Random random = new Random(Seeds.derive(seed, "recipe"));
        return of(seed, schema).withFragments(anyFragments(random, 5000));
    }

    /** As {@link #any}, with at most some 300 rows: for what is tried thousands of times. */
    public static FileRecipe small(long seed) {
        Random random = new Random(Seeds.derive(seed, "small recipe"));
        return of(seed, SchemaGenerator.any(seed)).withFragments(anyFragments(random, 300));
    }

    /** As {@link #any}, without nesting. */
    public static FileRecipe anyFlat(long seed) {
        return anyOf(seed, SchemaGenerator.flat(seed));
    }

    /** A recipe of this schema with three row groups of 100 rows and {@link WriterSettings#defaults}. */
    public static FileRecipe of(long seed, MessageType schema) {
        Map<String, String> metadata = Map.of("generated", "seed " + seed);
        return new FileRecipe(seed, schema, Map.of(), List.of(), metadata).withRows(100, 100, 100);
    }

    private static List<Fragment> anyFragments(Random random, int rows) {
        WriterSettings settings = WriterSettings.any(random);
        boolean mixed = random.nextInt(4) == 0;
        int count = random.nextInt(4) == 0 ? 20 + random.nextInt(40) : 1 + random.nextInt(8);
        int most = random.nextInt(3) == 0 ? 8 : rows / count;
        List<Fragment> fragments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fragments.add(new Fragment(1 + random.nextInt(most), mixed ? WriterSettings.any(random) : settings));
        }
        return fragments;
    }

    /** This recipe with other row groups. */
    public FileRecipe withFragments(List<Fragment> others) {
        return new FileRecipe(seed, schema, shapes, others, metadata);
    }

    /** This recipe with row groups of these sizes, all with the settings of the first (or the defaults). */
    public FileRecipe withRows(int... rows) {
        WriterSettings settings = fragments.isEmpty()
                ? WriterSettings.defaults()
                : fragments.get(0).settings();
        List<Fragment> others = new ArrayList<>();
        for (int count : rows) {
            others.add(new Fragment(count, settings));
        }
        return withFragments(others);
    }

    /** This recipe with the settings of each row group changed. */
    public FileRecipe withSettings(UnaryOperator<WriterSettings> change) {
        return withFragments(fragments.stream()
                .map(fragment -> new Fragment(fragment.rows(), change.apply(fragment.settings())))
                .toList());
    }

    /** This recipe with one shape for every leaf. */
    public FileRecipe withShape(ValueShape shape) {
        Map<String, ValueShape> all = new HashMap<>();
        schema.getColumns().forEach(column -> all.put(String.join(".", column.getPath()), shape));
        return new FileRecipe(seed, schema, all, fragments, metadata);
    }

    /** This recipe with the shape of one leaf, named by its dotted path. */
    public FileRecipe withShape(String path, ValueShape shape) {
        Map<String, ValueShape> more = new HashMap<>(shapes);
        more.put(path, shape);
        return new FileRecipe(seed, schema, more, fragments, metadata);
    }

    /** The number of rows of the whole file. */
    public long rows() {
        return fragments.stream().mapToLong(Fragment::rows).sum();
    }

    /** The rows, from the first on; endless. */
    public RowGenerator rowGenerator() {
        return new RowGenerator(seed, schema, shapes);
    }

    @Override
    public String toString() {
        String groups = fragments.stream().map(f -> String.valueOf(f.rows())).collect(Collectors.joining(","));
        String settings =
                fragments.stream().map(f -> f.settings().toString()).distinct().collect(Collectors.joining("\n  "));
        return "seed %d (replay: -Dglulam.cases=1 -Dglulam.seed=%d)\n  rows %s\n  %s\n  shapes %s\n%s"
                .formatted(seed, seed, groups, settings, new TreeMap<>(shapes), schema);
    }
}
