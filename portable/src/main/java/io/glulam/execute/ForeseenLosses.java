package io.glulam.execute;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Tier;
import io.glulam.planning.SurveyCache;
import io.glulam.source.SourceFile;
import java.util.List;

/**
 * Tells before a plan is carried out which aids of the source the new file will leave out because they are damaged or
 * contradict each other. What only shows while rows are counted and dictionary indices are read is not known yet.
 */
public final class ForeseenLosses {
    private final SourceFile file;
    private final SurveyCache surveys;
    private final DroppedAids aids;

    private ForeseenLosses(SurveyCache surveys, boolean strict) {
        this.file = surveys.file();
        this.surveys = surveys;
        this.aids = new DroppedAids(file.bytes().name(), strict);
    }

    /**
     * Reads, in the order of the plan's execution, the page indexes and bloom filters that the plan's execution would carry on.
     *
     * @param surveys of the plan's source
     * @return a line for each kind of damage; empty if nothing is damaged
     * @throws io.glulam.error.Unsupported if the plan's settings are strict and something is damaged, as its execution does
     */
    public static List<String> of(SurveyCache surveys, Plan plan) {
        ForeseenLosses losses = new ForeseenLosses(surveys, plan.settings().strict());
        for (OutputGroup group : plan.groups()) {
            if (group instanceof OutputGroup.MergedGroup merged) {
                losses.addMerged(merged);
            }
        }
        for (OutputGroup group : plan.groups()) {
            if (group instanceof OutputGroup.KeptGroup kept) {
                losses.addKept(kept.rowGroup());
            }
        }
        return losses.aids.lines();
    }

    private void addKept(int rowGroup) {
        SourceAids kept = new SourceAids(file.footer(), file.bytes(), aids);
        for (Leaf leaf : file.footer().schema().leaves()) {
            ColumnChunk chunk = file.footer().chunk(rowGroup, leaf.index());
            kept.bloomFilter(rowGroup, leaf.index(), chunk, 0);
            kept.columnIndex(rowGroup, leaf.index(), chunk, 0);
            kept.offsetIndex(rowGroup, leaf.index(), chunk, 0);
        }
    }

    /** Where values are recoded, all aids are made from them. */
    private void addMerged(OutputGroup.MergedGroup group) {
        for (ColumnPlan column : group.columns()) {
            if (column.tier() != Tier.RECODE) {
                Leaf leaf = file.footer().schema().leaves().get(column.leaf());
                try {
                    new MergedClaims(surveys.take(group.sources(), leaf)).noteDropped(aids);
                } catch (GlulamException failure) {
                    throw failure.within(new Place(file.bytes().name(), -1, leaf.name(), -1));
                }
            }
        }
    }
}
