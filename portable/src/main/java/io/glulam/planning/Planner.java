package io.glulam.planning;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Leaf;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Compression;
import io.glulam.plan.GroupLayout;
import io.glulam.plan.Layout;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Reason;
import io.glulam.plan.Rewrite;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Settings;
import io.glulam.plan.SourceIdentity;
import io.glulam.planning.SampledPlans.SurveyedPlan;
import io.glulam.policy.LayoutPolicy;
import io.glulam.policy.RecodePolicy;
import io.glulam.policy.RowGroupSizes;
import io.glulam.policy.TierPolicy;
import io.glulam.source.SourceFile;
import io.glulam.staging.StagingPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a source: the layout from its footer, the tiers from a survey of what is to be merged. Row groups
 * that the survey finds unfit for any merge are kept, and the rest is laid out again. For one plan; not thread-safe.
 */
public final class Planner {
    private final SourceFile file;
    private final Settings settings;
    private final ColumnPlanner columnPlanner;
    private final SurveyCache surveys;
    private final LongConsumer progress;
    /** The row groups that some layout merges, with their plans, by their sources. */
    private final Map<RowGroups, SurveyedGroup> surveyed = new HashMap<>();

    private long planned;

    /**
     * Row groups that a layout merges into one.
     *
     * @param columns as the surveys tell; without those that cannot be merged
     * @param impossible why they cannot be merged, though none of them is to blame alone; null if they can
     * @param refined plans of the columns by samples; null as long as there are none
     */
    private record SurveyedGroup(
            List<SurveyedPlan> columns,
            @Nullable Reason impossible,
            @Nullable List<ColumnPlan> refined) {
        /** Returns the columns' plans, refined if they are. */
        List<ColumnPlan> plans() {
            return refined != null
                    ? refined
                    : columns.stream().map(SurveyedPlan::cheapest).toList();
        }

        SurveyedGroup refinedBy(SampledPlans samples) {
            return refined != null ? this : new SurveyedGroup(columns, impossible, samples.refine(columns));
        }
    }

    /**
     * @param surveys of the source, kept for the plan's execution
     * @param progress hears how many bytes of the source are planned
     */
    public Planner(SurveyCache surveys, Settings settings, LongConsumer progress) {
        this.file = surveys.file();
        this.surveys = surveys;
        this.settings = settings;
        this.columnPlanner = new ColumnPlanner(surveys, settings);
        this.progress = progress;
    }

    /**
     * Plans. Reads page headers and dictionaries of what is to be merged and, unless values only move, samples of its values.
     *
     * @throws io.glulam.error.CorruptFile if they contradict the footer or themselves, or a row group without rows has values
     * @throws io.glulam.error.Unsupported if one of the readers asked for could not read what is kept
     */
    public Plan plan() {
        EmptyRowGroups.require(file.footer(), file.bytes().name());
        FooterSizes sizes = new FooterSizes(file.footer(), new HashMap<>());
        Layout layout = layout(sizes, LayoutPolicy.MIN_PERCENT);
        @Nullable SampledPlans samples = samples(layout);
        if (samples != null) {
            refine(layout, samples);
            int percent = leastPercent(layout);
            if (percent < LayoutPolicy.MIN_PERCENT) {
                layout = layout(sizes, percent);
                refine(layout, samples);
            }
        }
        return plan(settings.rewrite() == Rewrite.ALL ? withoutVainRewrites(layout, sizes) : layout);
    }

    /** @param leastPercent of their sources' bytes that merged row groups may come out at */
    private Layout layout(FooterSizes sizes, int leastPercent) {
        Layout layout = LayoutPolicy.layout(sizes, settings, file.bytes().size(), leastPercent);
        while (findMustKeep(layout, sizes.mustKeep())) {
            layout = LayoutPolicy.layout(sizes, settings, file.bytes().size(), leastPercent);
        }
        return surveyed.values().stream().allMatch(group -> group.impossible() == null)
                ? layout
                : LayoutPolicy.withoutMerges(
                        layout, sizes, group -> surveyed(group).impossible());
    }

    /** Returns the samples; null where none are wanted, or there is nothing to merge. */
    private @Nullable SampledPlans samples(Layout layout) {
        Map<RowGroups, List<SurveyedPlan>> merged = new LinkedHashMap<>();
        for (GroupLayout group : layout.groups()) {
            if (group.isMerged()) {
                merged.put(group.sources(), surveyed(group).columns());
            }
        }
        boolean wanted = merged.values().stream()
                .anyMatch(group -> group.stream().anyMatch(column -> SampledPlans.isFor(column, settings)));
        return wanted ? SampledPlans.sample(surveys, settings, merged) : null;
    }

    private void refine(Layout layout, SampledPlans samples) {
        for (GroupLayout group : layout.groups()) {
            if (group.isMerged()) {
                surveyed.put(group.sources(), surveyed(group).refinedBy(samples));
            }
        }
    }

    /** Recoding makes row groups smaller than merging alone: how small, in percent of their sources, with some room. */
    private int leastPercent(Layout layout) {
        int least = LayoutPolicy.MIN_PERCENT;
        for (GroupLayout group : layout.groups()) {
            if (group.isMerged()) {
                least = (int) Math.min(least, 90 * expectedBytes(group) / Math.max(1, group.sourceBytes()));
            }
        }
        return Math.max(1, least);
    }

    private long expectedBytes(GroupLayout group) {
        return surveyed(group).plans().stream()
                .mapToLong(ColumnPlan::expectedBytes)
                .sum();
    }

    /** Keeps row groups that are written again by themselves and do not become smaller. */
    private Layout withoutVainRewrites(Layout layout, FooterSizes sizes) {
        return LayoutPolicy.withoutMerges(layout, sizes, group -> {
            boolean vain = group.sources().size() == 1
                    && !mustChange(group)
                    && !RecodePolicy.isWorth(group.sourceBytes(), expectedAgain(group));
            return vain ? Reason.NOT_SMALLER : null;
        });
    }

    private long expectedAgain(GroupLayout group) {
        List<SurveyedPlan> columns = surveyed(group).columns();
        List<ColumnPlan> plans = surveyed(group).plans();
        long bytes = 0;
        for (int leaf = 0; leaf < plans.size(); leaf++) {
            bytes += RecodePolicy.expectedAgain(columns.get(leaf).facts(), plans.get(leaf), settings);
        }
        return bytes;
    }

    /** Whether a row group is not in the form that was asked for, whatever it weighs. */
    private boolean mustChange(GroupLayout group) {
        Compression asked = settings.form().compression();
        CompressionCodec codec = asked == null ? null : asked.codec();
        for (SurveyedPlan column : surveyed(group).columns()) {
            if (TierPolicy.isForbidden(column.facts(), settings.form())
                    || codec != null && !column.facts().pages().codecs().equals(Set.of(codec.ordinal()))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the columns and plans of a row group that a layout merges. */
    private SurveyedGroup surveyed(GroupLayout group) {
        return Objects.requireNonNull(surveyed.get(group.sources()));
    }

    /** Surveys what the layout merges; returns whether the survey found row groups that must be kept, so that the layout changes. */
    private boolean findMustKeep(Layout layout, Map<Integer, Reason> mustKeep) {
        StagingPlan.stage(file, layout, groups -> SampledPlans.foreseen(file, settings, groups));
        int before = mustKeep.size();
        long reached = 0;
        for (GroupLayout group : layout.groups()) {
            if (group.isMerged() && !surveyed.containsKey(group.sources())) {
                surveyed.put(group.sources(), survey(group.sources(), mustKeep));
            }
            reached += group.sourceBytes();
            planned = Math.max(planned, reached);
            progress.accept(planned);
        }
        return mustKeep.size() > before;
    }

    private Plan plan(Layout layout) {
        List<OutputGroup> groups = new ArrayList<>(layout.groups().size());
        for (GroupLayout group : layout.groups()) {
            Reason keptFor = group.keptFor();
            if (keptFor != null) {
                int rowGroup = group.sources().first();
                groups.add(new OutputGroup.KeptGroup(rowGroup, keptFor, group.rows(), group.sourceBytes()));
            } else {
                groups.add(new OutputGroup.MergedGroup(
                        group.sources(),
                        group.rows(),
                        group.sourceBytes(),
                        surveyed(group).plans()));
            }
        }
        try {
            KeptGroupCompatibility.require(groups, file.footer(), settings);
        } catch (GlulamException failure) {
            throw failure.within(Place.of(file.bytes().name()));
        }
        List<String> names =
                file.footer().schema().leaves().stream().map(Leaf::name).toList();
        RowGroups dropped = layout.dropped();
        SourceIdentity identity = new SourceIdentity(
                file.bytes().name(), file.bytes().size(), file.bytes().reader().version());
        return new Plan(identity, settings, names, file.footer().rowGroupCount(), groups, dropped);
    }

    /** Surveys row groups and plans their columns; puts those that prevent it among the ones that must be kept. */
    private SurveyedGroup survey(RowGroups group, Map<Integer, Reason> mustKeep) {
        List<SurveyedPlan> columns = new ArrayList<>();
        @Nullable Reason impossible = null;
        for (ColumnPlanner.Outcome outcome : columnPlanner.plan(group)) {
            if (outcome.plan() != null) {
                columns.add(outcome.plan());
                continue;
            }
            for (int rowGroup : outcome.blamed()) {
                mustKeep.putIfAbsent(rowGroup, outcome.reason());
            }
            if (outcome.blamed().length == 0 && impossible == null) {
                impossible = outcome.reason();
            }
        }
        return new SurveyedGroup(columns, impossible, null);
    }

    /** The footer as the layout policy sees it. */
    private record FooterSizes(Footer footer, Map<Integer, Reason> mustKeep) implements RowGroupSizes {
        @Override
        public int count() {
            return footer.rowGroupCount();
        }

        @Override
        public long rows(int rowGroup) {
            return footer.rows(rowGroup);
        }

        @Override
        public long compressedSize(int rowGroup) {
            return footer.compressedSize(rowGroup);
        }

        @Override
        public @Nullable Reason mustKeep(int rowGroup) {
            return mustKeep.get(rowGroup);
        }
    }
}
