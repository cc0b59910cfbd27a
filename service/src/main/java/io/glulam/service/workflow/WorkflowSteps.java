package io.glulam.service.workflow;

import io.glulam.service.ledger.Instance;
import java.util.List;

/**
 * The steps of each kind of instance, in the order in which they run.
 *
 * @param objects of a compaction of one object
 * @param merges of several objects into new ones
 * @param tables of a table
 */
record WorkflowSteps(List<Step> objects, List<Step> merges, List<Step> tables) {
    /** The names of the steps of an object. */
    static final List<String> NAMES =
            List.of(ValidateDataset.NAME, GetFileMetadata.NAME, AnalyzeAndCompact.NAME, UpdateMetadata.NAME);

    /** The names of all steps that there are, those of tables included. */
    static final List<String> ALL_NAMES = List.of(
            ValidateDataset.NAME, GetFileMetadata.NAME, AnalyzeAndCompact.NAME, CommitTable.NAME, UpdateMetadata.NAME);

    /** Returns the steps of an instance. */
    List<Step> of(Instance instance) {
        return instance.isTable() ? tables : instance.isMerge() ? merges : objects;
    }
}
