package io.glulam.execute;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.GroupLayout;
import io.glulam.plan.Layout;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Reason;
import io.glulam.plan.Settings;
import io.glulam.plan.SourceIdentity;
import io.glulam.plan.Sources;
import io.glulam.plan.Tier;
import io.glulam.policy.LayoutPolicy;
import io.glulam.policy.RowGroupSizes;
import io.glulam.policy.TierDecision;
import io.glulam.policy.TierPolicy;
import io.glulam.splice.ColumnSurveyor;
import io.glulam.splice.OutputPages;
import io.glulam.splice.SurveyedColumn;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a source: the layout from its footer, the tiers from a survey of what is to be merged. */
public final class Planner {
    private final SourceFile file;
    private final Settings settings;
    private final ColumnSurveyor surveyor;
    private final LongConsumer progress;

    /** @param progress hears how many bytes of the source are planned */
    public Planner(SourceFile file, Settings settings, LongConsumer progress) {
        this.file = file;
        this.settings = settings;
        this.surveyor = new ColumnSurveyor(file.bytes(), file.maxPageBytes(), settings.dictionaryCapBytes());
        this.progress = progress;
    }

    /**
     * Plans. Page headers and dictionaries of what is to be merged are read, nothing else.
     *
     * @throws io.glulam.error.CorruptFile if they contradict the footer or themselves
     */
    public Plan plan() {
        RowGroupSizes sizes = new FooterSizes(file.footer());
        Layout layout = LayoutPolicy.layout(sizes, settings, file.bytes().size());
        Map<GroupLayout, List<ColumnPlan>> columns = new IdentityHashMap<>();
        Map<GroupLayout, Reason> impossible = new IdentityHashMap<>();
        long planned = 0;
        for (GroupLayout group : layout.groups()) {
            if (group.isMerged()) {
                planColumns(group, columns, impossible);
            }
            planned += group.sourceBytes();
            progress.accept(planned);
        }
        if (!impossible.isEmpty()) {
            layout = LayoutPolicy.withoutMerges(layout, sizes, impossible::get);
        }
        return plan(layout, columns);
    }

    private Plan plan(Layout layout, Map<GroupLayout, List<ColumnPlan>> columns) {
        List<OutputGroup> groups = new ArrayList<>(layout.groups().size());
        for (GroupLayout group : layout.groups()) {
            Reason keptFor = group.keptFor();
            if (keptFor != null) {
                int rowGroup = group.sources().first();
                groups.add(new OutputGroup.KeptGroup(rowGroup, keptFor, group.rows(), group.sourceBytes()));
            } else {
                groups.add(new OutputGroup.MergedGroup(
                        group.sources(), group.rows(), group.sourceBytes(), columnsOf(group, columns)));
            }
        }
        List<String> names =
                file.footer().schema().leaves().stream().map(Leaf::name).toList();
        Sources dropped = layout.dropped();
        SourceIdentity identity = new SourceIdentity(
                file.bytes().name(), file.bytes().size(), file.bytes().reader().version());
        return new Plan(identity, settings, names, file.footer().rowGroupCount(), groups, dropped);
    }

    private List<ColumnPlan> columnsOf(GroupLayout group, Map<GroupLayout, List<ColumnPlan>> columns) {
        List<ColumnPlan> planned = columns.get(group);
        if (planned != null) {
            return planned;
        }
        Map<GroupLayout, Reason> impossible = new IdentityHashMap<>();
        planColumns(group, columns, impossible);
        List<ColumnPlan> now = columns.get(group);
        if (now == null) {
            throw new IllegalStateException("row groups " + group.sources() + " can be merged alone but not together");
        }
        return now;
    }

    private void planColumns(
            GroupLayout group, Map<GroupLayout, List<ColumnPlan>> columns, Map<GroupLayout, Reason> impossible) {
        List<ColumnPlan> plans = new ArrayList<>();
        int[] sources = group.sources().toArray();
        for (Leaf leaf : file.footer().schema().leaves()) {
            TierDecision decision;
            SurveyedColumn column;
            try {
                column = surveyor.survey(leaf, file.fragments(sources, leaf));
                ColumnFacts facts = column.facts(file.trust(), file.bytes(), file.maxPageBytes());
                decision = TierPolicy.decide(facts, settings);
            } catch (GlulamException failure) {
                throw failure.within(new Place(file.bytes().name(), -1, leaf.name(), -1));
            }
            if (decision instanceof TierDecision.Merge merge) {
                plans.add(plan(column, merge.tier(), merge.reason()));
            } else {
                impossible.put(group, decision.reason());
                return;
            }
        }
        columns.put(group, plans);
    }

    private ColumnPlan plan(SurveyedColumn column, Tier tier, Reason reason) {
        long bytes = column.sourceBytes();
        if (tier == Tier.RECODE) {
            return new ColumnPlan(column.leaf().index(), tier, reason, 0, 0, 0, bytes, bytes);
        }
        OutputPages pages = OutputPages.of(column, tier, settings);
        long moved = 0;
        for (int page = 0; page < pages.count(); page++) {
            moved += pages.isMoved(page) ? pages.end(page) - pages.position(page) : 0;
        }
        long rest = bytes - moved;
        long expected = column.expectedBytes();
        return switch (tier) {
            case JOIN -> new ColumnPlan(column.leaf().index(), tier, reason, bytes, 0, 0, 0, expected);
            case REMAP -> new ColumnPlan(column.leaf().index(), tier, reason, moved, rest, 0, 0, expected);
            default -> new ColumnPlan(column.leaf().index(), tier, reason, moved, 0, rest, 0, expected);
        };
    }

    /** The footer as the layout policy sees it. */
    private record FooterSizes(Footer footer) implements RowGroupSizes {
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
            return null;
        }
    }
}
