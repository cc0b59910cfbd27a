package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.manifest.Lease;
import io.glulam.manifest.RecordedInput;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings inputs back that a merge has replaced and kept. Their rows stay in the folder of outputs, too, whose manifest goes on
 * knowing them: the next merge passes them over, or replaces them again. Thread-safe.
 */
public final class ReplacedInputs {
    private final ObjectRef folder;
    private final KeptFiles kept;
    private final CompactionOptions options;

    /**
     * @param folder of the outputs; its key ends with a slash
     * @param keptIn folder that {@link FolderMerger#replacing(ObjectRef)} was given; its key ends with a slash
     * @param options of which the memory is used
     */
    public ReplacedInputs(ObjectRef folder, ObjectRef keptIn, CompactionOptions options) {
        this.folder = folder;
        this.kept = new KeptFiles(keptIn);
        this.options = options;
    }

    /**
     * Brings back all kept inputs that lie under one name, in the order in which they were merged. An input is copied back,
     * recorded, then deleted from the folder that kept it; a run that follows a crash goes on.
     *
     * @param under a file, or a folder whose key may end with a slash
     * @return the inputs that were brought back
     * @throws StorageFailed if there is none, or another file has the name of one by now
     */
    public List<ObjectRef> restore(ObjectRef under) {
        OutputFolder outputs = new OutputFolder(folder, options);
        List<ObjectRef> restored = new ArrayList<>();
        try (Lease lease = Lease.take(folder, MergedFolder.lastFence(outputs), Clock.systemUTC());
                MergedFolder merged = MergedFolder.open(outputs, lease)) {
            for (RecordedInput input : merged.manifest().inputs().values()) {
                ObjectRef original = input.kept() > 0 ? original(under, input.name()) : null;
                if (original != null) {
                    restore(input, original, merged);
                    restored.add(original);
                }
            }
        }
        if (restored.isEmpty()) {
            throw new StorageFailed(
                    StorageFailed.Kind.MISSING,
                    Place.of(under.name()),
                    "the merges into " + folder.name() + " have kept no file there",
                    null);
        }
        return restored;
    }

    /** Returns the object of a name, if it lies under another one. */
    private static @Nullable ObjectRef original(ObjectRef under, String name) {
        String root = under.fullName();
        String key = under.key();
        if (name.equals(root)) {
            return under;
        }
        String start = root.endsWith("/") ? root : root + "/";
        String rest = name.startsWith(start) ? name.substring(start.length()) : "";
        if (rest.isEmpty() || List.of(rest.split("/", -1)).contains("..")) {
            return null;
        }
        return under.sibling((key.endsWith("/") ? key : key + "/") + rest);
    }

    private void restore(RecordedInput input, ObjectRef original, MergedFolder merged) {
        ObjectRef copy = kept.place(input.kept(), input.name());
        ObjectFacts facts = KeptFiles.facts(copy);
        if (facts == null || facts.size() != input.size()) {
            throw new StorageFailed(
                    StorageFailed.Kind.MISSING, Place.of(copy.name()), "the kept file is not there", null);
        }
        KeptFiles.copy(copy, facts, original);
        ObjectFacts now = KeptFiles.facts(original);
        if (now == null || !(copy.store() instanceof ObjectRemover remover)) {
            throw new StorageFailed(Place.of(original.name()), "it is gone again", null);
        }
        merged.save(merged.manifest().broughtBack(input, now.version()));
        remover.delete(copy.key(), facts.size(), facts.version());
    }
}
