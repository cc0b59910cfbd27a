package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.manifest.Deletion;
import io.glulam.manifest.Deletion.Sighting;
import io.glulam.manifest.Journal;
import io.glulam.manifest.Lease;
import io.glulam.manifest.Manifest;
import io.glulam.manifest.RecordedInput;
import io.glulam.manifest.RecordedOutput;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the files whose rows are in a folder of outputs, by the folder's journal. It deletes only what this run's own
 * arguments lead to, or what an earlier merge into the folder wrote, and only after it has seen that the outputs are those that
 * the manifest records. Not thread-safe.
 */
final class FolderReplacement {
    private final MergedFolder merged;
    private final OutputFolder folder;
    private final Lease lease;
    private final FoundInputs inputs;
    private final @Nullable KeptFiles keep;
    private final Map<String, ObjectRef> taken = new LinkedHashMap<>();
    private int deletedInputs;
    private int deletedOutputs;

    /** @param keep takes the inputs before they are deleted; null to keep none */
    FolderReplacement(
            MergedFolder merged, OutputFolder folder, Lease lease, FoundInputs inputs, @Nullable KeptFiles keep) {
        this.keep = keep;
        this.merged = merged;
        this.folder = folder;
        this.lease = lease;
        this.inputs = inputs;
        for (Candidate input : inputs.candidates()) {
            taken.put(input.object().fullName(), input.object());
        }
    }

    /**
     * Refuses inputs and outputs of tables: their metadata names the files.
     *
     * @throws Unsupported if one belongs to a table, or its store deletes nothing
     */
    void requireDeletable() {
        folder.add(MergedTables.requireNone(inputs));
        folder.requireNoTable();
        if (keep != null && (isWithin(keep.name()) || folder.below(keep.name() + "/") != null)) {
            throw new Unsupported(
                    Place.of(keep.name()),
                    "kept files here would be inputs of the next run",
                    "name a folder outside of the FILEs and of OUT");
        }
        for (ObjectRef object : taken.values()) {
            if (!(object.store() instanceof ObjectRemover)) {
                throw new Unsupported(
                        Place.of(object.name()), "its store deletes nothing", "merge without deleting the inputs");
            }
        }
    }

    private boolean isWithin(String keepName) {
        return inputs.locate(keepName.endsWith("/") ? keepName + "x" : keepName + "/x") != null;
    }

    /**
     * Goes on with what a run before could not finish.
     *
     * @return names of the files that are gone now
     */
    Set<String> finish() {
        Journal journal = merged.manifest().journal();
        if (journal == null) {
            return Set.of();
        }
        if (!journal.keep().equals(keepName())) {
            throw new StorageFailed(
                    Place.of(folder.name()),
                    "the run that did not end here keeps the inputs "
                            + (journal.keep().isEmpty() ? "nowhere" : "in ") + journal.keep(),
                    Remedy.SAME_FOLDER_FOR_KEPT.text());
        }
        carryOut(journal);
        return new LinkedHashSet<>(journal.files());
    }

    private String keepName() {
        return keep == null ? "" : keep.name();
    }

    /**
     * Deletes the inputs of this run whose rows are in the folder, and earlier outputs whose rows are in later ones.
     */
    void replace() {
        Manifest manifest = merged.manifest();
        Set<String> files = new LinkedHashSet<>();
        taken.forEach((name, object) -> {
            RecordedInput recorded = manifest.inputs().get(name);
            if (recorded != null && recorded.whole() && !isNew(recorded, object)) {
                files.add(name);
            }
        });
        for (RecordedOutput output : manifest.outputs().values()) {
            if (manifest.isMergedAgain(output, folder.root())) {
                files.add(folder.root() + output.name());
            }
        }
        if (files.isEmpty()) {
            return;
        }
        Journal journal = new Journal(lease.fence(), keepName(), new ArrayList<>(files));
        merged.save(manifest.replacing(journal, folder.root()));
        carryOut(journal);
    }

    /** Returns whether it is another file under the name of an input that was replaced before. */
    private boolean isNew(RecordedInput recorded, ObjectRef object) {
        ObjectFacts facts = recorded.kept() > 0 ? folder.facts(object) : null;
        return facts != null && !recorded.is(facts.size(), facts.version());
    }

    private void carryOut(Journal journal) {
        requireOutputs(journal);
        int done = 0;
        for (String name : journal.files()) {
            delete(name);
            folder.progress().filesDeleted(++done, journal.files().size());
        }
        merged.save(merged.manifest().replaced(folder.root()));
    }

    /** Requires the outputs that hold the rows of the files to be deleted. */
    private void requireOutputs(Journal journal) {
        Manifest manifest = merged.manifest();
        Set<String> outputs = new LinkedHashSet<>();
        for (String file : journal.files()) {
            RecordedInput recorded = manifest.inputs().get(file);
            if (recorded != null) {
                outputs.addAll(recorded.outputs());
            }
        }
        for (String output : outputs) {
            RecordedOutput recorded = manifest.outputs().get(output);
            if (recorded == null || !folder.holds(recorded)) {
                throw new SourceChanged(
                        Place.of(folder.file(output).name()),
                        "it is not there as the folder's manifest records it, so the inputs of its rows are not"
                                + " deleted",
                        "bring it back, or merge into a new folder");
            }
        }
    }

    private void delete(String name) {
        RecordedInput recorded = merged.manifest().inputs().get(name);
        ObjectRef output = output(name);
        ObjectRef object = output != null ? output : taken.get(name);
        ObjectRef place = object != null ? object : inputs.locate(name);
        ObjectFacts facts = place == null ? null : folder.facts(place);
        Deletion decision = Deletion.of(recorded, new Sighting(place != null, object != null, facts));
        if (decision == Deletion.GONE) {
            return;
        }
        if (decision != Deletion.DELETE || object == null || facts == null) {
            throw refused(decision, name);
        }
        lease.require();
        if (keep != null && output == null) {
            folder.add(keep.keep(merged.journalFence(), name, object, facts));
            lease.require();
        }
        folder.add(remover(object).delete(object.key(), facts.size(), facts.version()));
        if (output != null) {
            deletedOutputs++;
        } else {
            deletedInputs++;
        }
    }

    /** Returns the earlier output that a name means; null if it means another file. */
    private @Nullable ObjectRef output(String name) {
        String below = folder.below(name);
        return below != null && merged.manifest().outputs().containsKey(below) ? folder.file(below) : null;
    }

    private static ObjectRemover remover(ObjectRef object) {
        if (object.store() instanceof ObjectRemover remover) {
            return remover;
        }
        throw new IllegalStateException("asked before");
    }

    private RuntimeException refused(Deletion decision, String name) {
        Place place = Place.of(name);
        return switch (decision) {
            case CHANGED ->
                new SourceChanged(
                        place,
                        "it changed after its rows were merged, so it is not deleted",
                        "move it away or delete it, then run again");
            case NOT_NAMED ->
                new StorageFailed(
                        place,
                        "the folder's journal names it, but the FILEs do not lead to it, so it is not deleted",
                        "run again with the FILEs of the run that began to replace it");
            case NOT_TAKEN ->
                new StorageFailed(
                        place,
                        "the folder's journal names it, but this run leaves it out, so it is not deleted",
                        "run again with the options of the run that began to replace it");
            default ->
                new StorageFailed(
                        place,
                        "the folder's journal names it, but the manifest does not tell that its rows were merged",
                        "merge into a new folder");
        };
    }

    /** Returns the files that were deleted. */
    MergeReport.Replaced report() {
        return new MergeReport.Replaced(deletedInputs, deletedOutputs);
    }
}
