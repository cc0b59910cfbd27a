package io.glulam.planning;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.policy.ColumnSample;
import io.glulam.policy.EncodingPolicy;
import io.glulam.policy.RecodePolicy;
import io.glulam.source.FragmentChunk;
import io.glulam.source.FragmentCursor;
import io.glulam.source.SourceFile;
import io.glulam.staging.SampledValues;
import io.glulam.staging.StagedSource;
import io.glulam.storage.ByteRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Refines the plans of chunks by samples: the efforts beyond {@code copy} sample each column once, over everything that is
 * merged, and {@code copy} samples the columns that cannot be copied. Immutable once sampled.
 */
final class SampledPlans {
    /** Larger pages than a small process can decode are left to the cheapest tier, whatever the memory. */
    private static final long MAX_PAGE = 3 << 20;

    private final Settings settings;
    private final List<@Nullable ColumnSample> samples;

    /** A column of a merged row group before refinement. */
    record SurveyedPlan(ColumnFacts facts, ColumnPlan cheapest) {}

    private SampledPlans(Settings settings, List<@Nullable ColumnSample> samples) {
        this.settings = settings;
        this.samples = samples;
    }

    /** Whether a column's plan depends on its values: with copying, only if they have to be recoded anyway. */
    static boolean isFor(SurveyedPlan column, Settings settings) {
        return settings.effort() != Effort.COPY || column.cheapest().tier() == Tier.RECODE;
    }

    /**
     * Samples the columns that this is for, several at once.
     *
     * @param merged the columns of every merged row group, in the order of the output; none may be empty
     * @throws io.glulam.error.CorruptFile if pages cannot be decoded
     */
    static SampledPlans sample(SurveyCache surveys, Settings settings, Map<RowGroups, List<SurveyedPlan>> merged) {
        SourceFile file = surveys.file();
        long bytes = 0;
        for (List<SurveyedPlan> columns : merged.values()) {
            for (SurveyedPlan column : columns) {
                bytes += column.facts().compressedBytes();
            }
        }
        long mergedBytes = bytes;
        List<Leaf> leaves = file.footer().schema().leaves();
        @Nullable ColumnSample[] samples = new ColumnSample[leaves.size()];
        Set<Integer> fileEncodings = encodings(file.footer());
        List<RowGroups> groups = List.copyOf(merged.keySet());
        List<@Nullable List<ColumnFacts>> facts = leaves.stream()
                .<@Nullable List<ColumnFacts>>map(leaf -> sampledFacts(leaf, merged, settings))
                .toList();
        if (file.bytes().reader() instanceof StagedSource staged) {
            FragmentCursor cursor = FragmentCursor.byColumns(file);
            staged.willSample(() -> reads(
                    new ColumnSampler(file, settings, mergedBytes),
                    facts,
                    leaf -> group -> cursor.of(groups.get(group).toArray(), leaves.get(leaf))));
        }
        surveys.forEachSampledColumn(samples.length, "glulam-sampler", () -> {
            ColumnSampler sampler = new ColumnSampler(file, settings, mergedBytes);
            // Each worker's own: asked by two of them in turns, it would go back to each row group's first column.
            FragmentCursor cursor = FragmentCursor.byColumns(file);
            return i -> samples[i] = sample(
                    file,
                    settings,
                    facts.get(i),
                    leaves.get(i),
                    fileEncodings,
                    sampler,
                    group -> cursor.of(groups.get(group).toArray(), leaves.get(i)));
        });
        return new SampledPlans(settings, Arrays.asList(samples));
    }

    /**
     * Returns the values that will be sampled, as far as the footer tells: columns that turn out not to be sampled are among
     * them, and those that {@code copy} samples are not.
     *
     * @param groups row groups that are merged into one each, in the order of the output
     */
    static List<SampledValues> foreseen(SourceFile file, Settings settings, List<int[]> groups) {
        if (settings.effort() == Effort.COPY) {
            return List.of();
        }
        long mergedBytes = groups.stream()
                .mapToLong(group -> Arrays.stream(group)
                        .mapToLong(file.footer()::compressedSize)
                        .sum())
                .sum();
        FragmentCursor cursor = FragmentCursor.byColumns(file);
        ColumnSampler sampler = new ColumnSampler(file, settings, mergedBytes);
        List<SampledValues> values = new ArrayList<>();
        for (Leaf leaf : file.footer().schema().leaves()) {
            IntFunction<List<FragmentChunk>> fragments = group -> cursor.of(groups.get(group), leaf);
            List<ColumnExtent> extents = new ArrayList<>(groups.size());
            for (int group = 0; group < groups.size(); group++) {
                extents.add(ColumnExtent.told(fragments.apply(group)));
            }
            if (extents.stream().allMatch(ColumnExtent::isPossible)) {
                values.addAll(sampler.values(fragments, extents));
            }
        }
        return values;
    }

    /** Returns the facts of a column in each merged row group; null if it is not sampled. */
    private static @Nullable List<ColumnFacts> sampledFacts(
            Leaf leaf, Map<RowGroups, List<SurveyedPlan>> merged, Settings settings) {
        List<ColumnFacts> groups = new ArrayList<>();
        boolean wanted = false;
        for (List<SurveyedPlan> columns : merged.values()) {
            ColumnFacts facts = columns.get(leaf.index()).facts();
            wanted |= isFor(columns.get(leaf.index()), settings);
            if (!RecodePolicy.canBeSampled(facts) || facts.pages().maxBytes() > MAX_PAGE) {
                return null;
            }
            groups.add(facts);
        }
        return wanted ? groups : null;
    }

    private static List<ByteRange> reads(
            ColumnSampler sampler,
            List<@Nullable List<ColumnFacts>> facts,
            IntFunction<IntFunction<List<FragmentChunk>>> fragments) {
        List<ByteRange> reads = new ArrayList<>();
        for (int leaf = 0; leaf < facts.size(); leaf++) {
            List<ColumnFacts> groups = facts.get(leaf);
            if (groups != null) {
                reads.addAll(sampler.reads(fragments.apply(leaf), ColumnExtent.of(groups)));
            }
        }
        return reads;
    }

    private static @Nullable ColumnSample sample(
            SourceFile file,
            Settings settings,
            @Nullable List<ColumnFacts> groups,
            Leaf leaf,
            Set<Integer> fileEncodings,
            ColumnSampler sampler,
            IntFunction<List<FragmentChunk>> fragments) {
        if (groups == null) {
            return null;
        }
        Set<Integer> encodings = new HashSet<>(fileEncodings);
        groups.forEach(facts -> encodings.addAll(facts.pages().encodings()));
        try {
            return sampler.sample(
                    leaf, fragments, EncodingPolicy.candidates(groups.get(0), encodings, settings), groups);
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.bytes().name(), -1, leaf.name(), -1));
        }
    }

    /** As the first and the last row group's footer entries list them. */
    private static Set<Integer> encodings(Footer footer) {
        Set<Integer> encodings = new HashSet<>();
        for (int rowGroup : new int[] {0, footer.rowGroupCount() - 1}) {
            for (int leaf = 0; leaf < footer.schema().leaves().size(); leaf++) {
                for (int encoding : footer.chunk(rowGroup, leaf).encodings()) {
                    encodings.add(encoding);
                }
            }
        }
        return encodings;
    }

    /** The plans of a merged row group's columns. */
    List<ColumnPlan> refine(List<SurveyedPlan> columns) {
        List<ColumnPlan> refined = new ArrayList<>();
        for (int leaf = 0; leaf < columns.size(); leaf++) {
            SurveyedPlan column = columns.get(leaf);
            ColumnSample sample = samples.get(leaf);
            refined.add(
                    sample == null || !isFor(column, settings)
                            ? column.cheapest()
                            : RecodePolicy.refine(column.facts(), column.cheapest(), sample, settings));
        }
        return refined;
    }
}
