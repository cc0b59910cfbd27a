package io.glulam;

import io.glulam.PublishListener.Publication;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.join.Input;
import io.glulam.join.Slice;
import io.glulam.manifest.InputTable;
import io.glulam.manifest.Intent;
import io.glulam.manifest.Lease;
import io.glulam.manifest.Manifest;
import io.glulam.manifest.ManifestJson;
import io.glulam.manifest.OutputName;
import io.glulam.manifest.RecordObject;
import io.glulam.manifest.RecordedOutput;
import io.glulam.merge.InputGroup;
import io.glulam.merge.OutputPacking.Packed;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.Traffic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that merges write to, as one run sees it: what its manifest tells, and what the run adds. The manifest is
 * replaced before each output is published, and announces it; so the output's publishing is what commits. Not thread-safe.
 */
final class MergedFolder implements MergeDestination, AutoCloseable {
    private static final String MANIFEST = "_glulam_manifest.json";
    private static final int MAX_MANIFEST = 64 << 20;

    private final OutputFolder folder;
    private final @Nullable Lease lease;
    private final RecordObject object;
    private final Map<String, Integer> nextIndex = new HashMap<>();
    private Set<String> files = Set.of();
    private Manifest saved = Manifest.EMPTY;
    private Manifest manifest = Manifest.EMPTY;
    private final Deque<Named> named = new ArrayDeque<>();

    /** An output that was named and is not published yet. */
    private record Named(String name, Packed packed) {}

    private MergedFolder(OutputFolder folder, @Nullable Lease lease) {
        this.folder = folder;
        this.lease = lease;
        this.object = new RecordObject(folder.file(MANIFEST));
    }

    /** Returns the number of the lease under which a folder's manifest was written; 0 if it has none. */
    static long lastFence(OutputFolder folder) {
        try (RecordObject object = new RecordObject(folder.file(MANIFEST))) {
            Manifest manifest = object.read(MAX_MANIFEST, json -> ManifestJson.read(object.name(), json));
            folder.add(object.traffic());
            return manifest == null ? 0 : manifest.fence();
        }
    }

    /**
     * Reads the manifest, and finds out what became of an output that a run before has announced.
     *
     * @param lease under which the folder is written; null to write nothing
     * @throws SourceChanged if what the manifest announces is there, but is another file
     */
    static MergedFolder open(OutputFolder folder, @Nullable Lease lease) {
        MergedFolder merged = new MergedFolder(folder, lease);
        try {
            Manifest read = merged.object.read(MAX_MANIFEST, json -> ManifestJson.read(merged.object.name(), json));
            if (read != null) {
                merged.saved = read;
                merged.manifest = merged.recovered(read);
            }
            merged.files = folder.list();
            return merged;
        } catch (GlulamException failure) {
            merged.object.close();
            throw failure;
        }
    }

    private Manifest recovered(Manifest read) {
        Intent pending = read.pending();
        if (pending == null) {
            return read;
        }
        RecordedOutput output = pending.output();
        ObjectFacts facts = folder.facts(output.name());
        if (facts == null) {
            return read.abandoned();
        }
        if (folder.hasDigest(output)) {
            return read.settled(facts.version());
        }
        throw new SourceChanged(
                Place.of(folder.file(output.name()).name()),
                "it is not the file that the folder's manifest announces, so Glulam cannot tell which rows it holds",
                "move it away, then run again");
    }

    Manifest manifest() {
        return manifest;
    }

    /** Returns the number of the lease under which the present journal was written; 0 without a journal. */
    long journalFence() {
        return manifest.journal() == null ? 0 : manifest.journal().fence();
    }

    /**
     * Refuses Parquet files in the folder that neither the manifest nor this run's arguments tell of.
     *
     * @param own files that may be there; null for none
     * @throws StorageFailed if there is another one
     */
    void requireNoForeign(@Nullable FoundInputs own) {
        for (String file : files) {
            boolean known =
                    manifest.outputs().containsKey(file) || own != null && own.locate(folder.root() + file) != null;
            if (!known) {
                throw new StorageFailed(
                        StorageFailed.Kind.EXISTS,
                        Place.of(folder.name()),
                        "it holds Parquet files that no merge into it has recorded, such as " + file,
                        "name a new or an empty folder");
            }
        }
    }

    /**
     * Refuses a folder in which a run with deletions died: until they are done, it holds rows twice.
     *
     * @throws StorageFailed if it is one
     */
    void requireNothingHalfReplaced() {
        boolean twice =
                manifest.outputs().values().stream().anyMatch(output -> manifest.isMergedAgain(output, folder.root()));
        if (manifest.journal() != null || twice) {
            throw new StorageFailed(
                    Place.of(folder.name()),
                    "a merge that deletes its inputs did not end here, and files whose rows are in others are still"
                            + " there",
                    Remedy.REPLACE_AGAIN.text());
        }
    }

    /**
     * Returns the inputs whose rows, or some of them, are not in the folder yet; the others are passed over.
     *
     * @param gone names of files that were deleted after they were found
     * @throws SourceChanged if rows of another version of an input are in the folder
     */
    FoundInputs fresh(FoundInputs inputs, Set<String> gone) {
        if (manifest.outputs().isEmpty() && manifest.inputs().isEmpty() && gone.isEmpty()) {
            return inputs; // All of them, which need not be held twice.
        }
        FoundInputs.Builder fresh = inputs.toBuilder();
        for (Candidate input : inputs.candidates()) {
            String name = input.object().fullName();
            String below = folder.below(name);
            if (below != null && manifest.outputs().containsKey(below)) {
                fresh.pass(input.object().name(), Reason.OUTPUT);
                continue;
            }
            switch (gone.contains(name) ? Manifest.State.MERGED : state(input, name)) {
                case NEW, PARTLY -> fresh.add(input);
                case MERGED -> fresh.pass(input.object().name(), Reason.MERGED);
                case CHANGED -> throw changed(input.object());
            }
        }
        return fresh.build();
    }

    private SourceChanged changed(ObjectRef input) {
        return new SourceChanged(
                Place.of(input.name()),
                "it changed after a merge had taken its rows into " + folder.name(),
                "give the new version another name, or merge into a new folder");
    }

    private Manifest.State state(Candidate input, String name) {
        if (!manifest.inputs().containsKey(name)) {
            return Manifest.State.NEW;
        }
        String version = input.version();
        if (version != null) {
            return manifest.stateOf(name, input.size(), version);
        }
        ObjectFacts facts = folder.facts(input.object());
        // The scan tells what is wrong with a file that is gone.
        return facts == null ? Manifest.State.NEW : manifest.stateOf(name, facts.size(), facts.version());
    }

    @Override
    public ObjectRef next(InputGroup group, Packed packed) {
        int index = nextIndex.computeIfAbsent(group.name(), this::firstFree);
        nextIndex.put(group.name(), index + 1);
        String name = OutputName.of(group.name(), index);
        ObjectRef file = folder.file(name);
        if (lease != null) {
            named.add(new Named(name, packed));
            file.store().makeFolder(file.key());
        }
        return file;
    }

    private int firstFree(String group) {
        int index = 0;
        for (Set<String> names : List.of(files, manifest.outputs().keySet())) {
            for (String name : names) {
                index = Math.max(index, OutputName.index(group, name) + 1);
            }
        }
        return index;
    }

    @Override
    public int rowGroupsDone(Candidate input) {
        return manifest.rowGroupsOf(input.object().fullName());
    }

    /** Beside rows that are in the folder, a new input's rows are missing wherever else they are. */
    @Override
    public boolean takesAll() {
        return !manifest.outputs().isEmpty();
    }

    @Override
    public boolean holds(Input input) {
        return folder.below(input.object().fullName()) != null;
    }

    /** Writes down that the first output that was named and is not published yet is about to be. */
    void announce(Publication publication) {
        Named next = named.peek();
        if (next == null || lease == null) {
            return;
        }
        RecordedOutput output = new RecordedOutput(next.name(), publication.size(), "", publication.digest());
        save(manifest.announcing(new Intent(output, inputs(next))));
    }

    private InputTable inputs(Named next) {
        InputTable.Builder inputs = new InputTable.Builder();
        for (Slice slice : next.packed().slices()) {
            Input input = slice.input();
            String name = input.object().fullName();
            if (manifest.stateOf(name, input.size(), input.version()) == Manifest.State.CHANGED) {
                throw changed(input.object());
            }
            inputs.put(
                    manifest.recorded(name, input.size(), input.version()).plus(slice.to(), slice.last(), next.name()));
        }
        return inputs.build();
    }

    @Override
    public void written() {
        Intent pending = manifest.pending();
        ObjectFacts facts =
                pending == null ? null : folder.facts(pending.output().name());
        if (facts != null) {
            manifest = manifest.settled(facts.version());
        }
        named.poll();
    }

    /** Replaces the manifest, if this run knows more than it tells. */
    void save() {
        save(manifest);
    }

    /** Replaces the manifest by another one. */
    void save(Manifest next) {
        manifest = next;
        if (lease == null || manifest.equals(saved)) {
            return;
        }
        lease.require();
        manifest = manifest.withFence(lease.fence());
        object.write(bytes -> ManifestJson.write(manifest, bytes));
        saved = manifest;
    }

    /** Returns the requests that the folder took besides the merge. */
    Traffic traffic() {
        return folder.traffic().plus(object.traffic());
    }

    @Override
    public void close() {
        object.close();
    }
}
