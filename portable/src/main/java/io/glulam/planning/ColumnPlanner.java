package io.glulam.planning;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.format.Leaf;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.Reason;
import io.glulam.plan.Recoding;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.planning.SampledPlans.SurveyedPlan;
import io.glulam.policy.EncodingPolicy;
import io.glulam.policy.TierDecision;
import io.glulam.policy.TierPolicy;
import io.glulam.source.SourceFile;
import io.glulam.splice.ColumnSurveyor;
import io.glulam.splice.OutputPages;
import io.glulam.splice.SurveyedColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans the columns of row groups that are to be merged, several at once: surveys each, decides its tier, and tries out
 * what comes of it. For one thread that calls.
 */
final class ColumnPlanner {
    private static final int[] NONE = new int[0];

    private final SourceFile file;
    private final Settings settings;
    private final SurveyCache surveys;
    private final SpliceSizeEstimator sizeEstimator;

    /**
     * The plan of a column of a merged row group.
     *
     * @param plan null if the row groups cannot be merged
     * @param reason for the tier, or why they cannot be merged
     * @param blamed the row groups that prevent it; none if all of them do together
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Outcome(@Nullable SurveyedPlan plan, Reason reason, int[] blamed) {}

    ColumnPlanner(SurveyCache surveys, Settings settings) {
        this.file = surveys.file();
        this.settings = settings;
        this.surveys = surveys;
        this.sizeEstimator = new SpliceSizeEstimator(settings);
    }

    /**
     * Plans all columns of {@code group}, in schema order.
     *
     * @throws GlulamException if one cannot be read; of several, the failure of the first
     */
    List<Outcome> plan(RowGroups group) {
        List<Leaf> leaves = file.footer().schema().leaves();
        Outcome[] outcomes = new Outcome[leaves.size()];
        SurveyCache.Begun surveyed = surveys.begin(group);
        surveys.forEachColumn(outcomes.length, "glulam-planner", () -> {
            ColumnSurveyor surveyor = surveys.surveyor();
            return i -> outcomes[i] = plan(surveyed, leaves.get(i), surveyor);
        });
        return List.of(outcomes);
    }

    private Outcome plan(SurveyCache.Begun group, Leaf leaf, ColumnSurveyor surveyor) {
        try {
            SurveyedColumn column = isTried(leaf)
                    ? group.surveyToTry(leaf, surveyor, SpliceSizeEstimator.PAGE_BYTES)
                    : group.survey(leaf, surveyor);
            ColumnFacts facts = column.facts();
            TierDecision decision = TierPolicy.decide(facts, settings);
            if (decision instanceof TierDecision.Merge merge) {
                SurveyedPlan plan = new SurveyedPlan(facts, plan(column, facts, merge.tier(), merge.reason()));
                return new Outcome(plan, merge.reason(), NONE);
            }
            return new Outcome(null, decision.reason(), column.blamedFor(decision.reason()));
        } catch (GlulamException failure) {
            throw failure.within(new Place(file.bytes().name(), -1, leaf.name(), -1));
        }
    }

    /** Whether pages of a column will be tried out, unless they move as they are. */
    private boolean isTried(Leaf leaf) {
        return settings.effort() == Effort.COPY && !sizeEstimator.knows(leaf);
    }

    private ColumnPlan plan(SurveyedColumn column, ColumnFacts facts, Tier tier, Reason reason) {
        long bytes = column.sourceBytes();
        if (tier == Tier.RECODE) {
            Recoding recoding = EncodingPolicy.own(facts, settings);
            return new ColumnPlan(column.leaf().index(), tier, reason, 0, 0, 0, bytes, bytes, recoding, null);
        }
        OutputPages pages = OutputPages.of(column, tier, settings);
        long moved = 0;
        for (int page = 0; page < pages.count(); page++) {
            moved += pages.isMoved(page) ? pages.end(page) - pages.position(page) : 0;
        }
        // A chunk whose size leaves out a header is shorter than its pages.
        long rest = Math.max(0, bytes - moved);
        boolean asTheyAre = tier == Tier.JOIN || settings.effort() != Effort.COPY;
        long expected = asTheyAre ? column.expectedBytes() : sizeEstimator.expectedBytes(column, pages);
        return switch (tier) {
            case JOIN -> new ColumnPlan(column.leaf().index(), tier, reason, bytes, 0, 0, 0, expected, null, null);
            case REMAP -> new ColumnPlan(column.leaf().index(), tier, reason, moved, rest, 0, 0, expected, null, null);
            default -> new ColumnPlan(column.leaf().index(), tier, reason, moved, 0, rest, 0, expected, null, null);
        };
    }
}
