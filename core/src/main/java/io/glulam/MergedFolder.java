package io.glulam;

import io.glulam.PublishListener.Publication;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.join.Input;
import io.glulam.join.Slice;
import io.glulam.manifest.Intent;
import io.glulam.manifest.Lease;
import io.glulam.manifest.Manifest;
import io.glulam.manifest.ManifestJson;
import io.glulam.manifest.OutputName;
import io.glulam.manifest.RecordObject;
import io.glulam.manifest.RecordedInput;
import io.glulam.manifest.RecordedOutput;
import io.glulam.merge.InputGroup;
import io.glulam.merge.OutputPacking.Packed;
import io.glulam.merge.ScannedInput;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.StoredObject;
import io.glulam.storage.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
    private static final String FILES = ".parquet";
    private static final int MAX_MANIFEST = 64 << 20;

    private final StoredObject folder;
    private final ObjectLister lister;
    private final RecordObject object;
    private final Map<String, Integer> nextIndex = new HashMap<>();
    private Set<String> files = Set.of();
    private Manifest saved = Manifest.EMPTY;
    private Manifest manifest = Manifest.EMPTY;
    private Traffic traffic = Traffic.NONE;
    private @Nullable Lease lease;
    private @Nullable Named named;

    /** The output that was named last. */
    private record Named(String name, InputGroup group, Packed packed) {}

    private MergedFolder(StoredObject folder, ObjectLister lister) {
        this.folder = folder;
        this.lister = lister;
        this.object = new RecordObject(folder.sibling(folder.key() + MANIFEST));
    }

    /** Returns the number of the lease under which a folder's manifest was written; 0 if it has none. */
    static long lastFence(StoredObject folder) {
        try (RecordObject object = new RecordObject(folder.sibling(folder.key() + MANIFEST))) {
            byte[] json = object.read(MAX_MANIFEST);
            return json == null ? 0 : ManifestJson.read(object.name(), json).fence();
        }
    }

    /**
     * Reads the manifest, and finds out what became of an output that a run before has announced.
     *
     * @param lease under which the folder is written; null to write nothing
     * @throws StorageFailed if the folder holds Parquet files that the manifest does not tell of
     * @throws SourceChanged if what the manifest announces is there, but is another file
     */
    static MergedFolder open(StoredObject folder, CompactionOptions options, @Nullable Lease lease) {
        if (!(folder.store() instanceof ObjectLister lister)) {
            throw new Unsupported(Place.of(folder.name()), "its store lists nothing", "name one file as OUT");
        }
        MergedFolder merged = new MergedFolder(folder, lister);
        merged.lease = lease;
        try {
            byte[] json = merged.object.read(MAX_MANIFEST);
            if (json != null) {
                merged.saved = ManifestJson.read(merged.object.name(), json);
                merged.manifest = merged.recovered(merged.saved, options);
            }
            merged.files = merged.list();
            merged.requireNoForeign();
            return merged;
        } catch (GlulamException failure) {
            merged.object.close();
            throw failure;
        }
    }

    private Manifest recovered(Manifest read, CompactionOptions options) {
        Intent pending = read.pending();
        if (pending == null) {
            return read;
        }
        RecordedOutput output = pending.output();
        StoredObject file = file(output.name());
        ObjectFacts facts = lister.facts(file.key());
        if (facts == null) {
            return read.abandoned();
        }
        if (facts.size() == output.size() && digest(file, options).equals(output.digest())) {
            return read.settled();
        }
        throw new SourceChanged(
                Place.of(file.name()),
                "it is not the file that the folder's manifest announces, so no one knows whose rows it holds",
                "move it away, then run again");
    }

    private static String digest(StoredObject file, CompactionOptions options) {
        try (OpenedFooter opened = OpenedFooter.of(file, options)) {
            return FooterDigest.of(opened.footer());
        }
    }

    private StoredObject file(String name) {
        return folder.sibling(folder.key() + name);
    }

    private Set<String> list() {
        Set<String> found = new HashSet<>();
        traffic = traffic.plus(lister.list(folder.key(), facts -> {
            String name = facts.key().substring(folder.key().length());
            if (name.endsWith(FILES) && !isHidden(name)) {
                found.add(name);
            }
            return true;
        }));
        return found;
    }

    private static boolean isHidden(String name) {
        for (String part : name.split("/")) {
            if (part.startsWith(".") || part.startsWith("_") && part.indexOf('=') < 0) {
                return true;
            }
        }
        return false;
    }

    private void requireNoForeign() {
        for (String file : files) {
            if (!manifest.outputs().containsKey(file)) {
                throw new StorageFailed(
                        StorageFailed.Kind.EXISTS,
                        Place.of(folder.name()),
                        "it holds Parquet files that no merge into it has recorded, such as " + file,
                        "name a new or an empty folder");
            }
        }
    }

    /**
     * Returns the inputs whose rows, or some of them, are not in the folder yet; the others are passed over.
     *
     * @throws SourceChanged if rows of another version of an input are in the folder
     */
    FoundInputs fresh(FoundInputs inputs) {
        List<Candidate> fresh = new ArrayList<>();
        FoundInputs.Builder passed = inputs.toBuilder();
        String root = name(folder);
        for (Candidate input : inputs.candidates()) {
            String name = name(input.object());
            if (name.startsWith(root) && manifest.outputs().containsKey(name.substring(root.length()))) {
                passed.pass(input.object().name(), Reason.OUTPUT);
                continue;
            }
            switch (state(input, name)) {
                case NEW, PARTLY -> fresh.add(input);
                case MERGED -> passed.pass(input.object().name(), Reason.MERGED);
                case CHANGED ->
                    throw new SourceChanged(
                            Place.of(input.object().name()),
                            "it changed after a merge had taken its rows into " + folder.name(),
                            "give the new version another name, or merge into a new folder");
            }
        }
        fresh.forEach(passed::add);
        return passed.build();
    }

    private Manifest.State state(Candidate input, String name) {
        if (!manifest.inputs().containsKey(name)) {
            return Manifest.State.NEW;
        }
        String version = input.version();
        if (version != null) {
            return manifest.stateOf(name, input.size(), version);
        }
        StoredObject object = input.object();
        ObjectFacts facts = object.store() instanceof ObjectLister known ? known.facts(object.key()) : null;
        // The scan tells what is wrong with a file that is gone.
        return facts == null ? Manifest.State.NEW : manifest.stateOf(name, facts.size(), facts.version());
    }

    /** The name under which a manifest knows an object, whatever folder the run was started in. */
    private static String name(StoredObject object) {
        return object.store() instanceof ObjectLister known
                ? object.store().nameOf(known.locations(object.key()).iterator().next())
                        + (object.key().endsWith("/") && !object.key().equals("/") ? "/" : "")
                : object.name();
    }

    @Override
    public StoredObject next(InputGroup group, Packed packed) {
        int index = nextIndex.computeIfAbsent(group.name(), this::firstFree);
        nextIndex.put(group.name(), index + 1);
        String name = OutputName.of(group.name(), index);
        named = new Named(name, group, packed);
        StoredObject file = file(name);
        if (lease != null) {
            folder.store().makeFolder(file.key());
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
        return manifest.rowGroupsOf(name(input.object()));
    }

    /** Beside rows that are in the folder, a new input's rows are missing wherever else they are. */
    @Override
    public boolean takesAll() {
        return !manifest.outputs().isEmpty();
    }

    /** Writes down that an output is about to be published. */
    void announce(Publication publication) {
        Named next = named;
        if (next == null || lease == null) {
            return;
        }
        RecordedOutput output = new RecordedOutput(next.name(), publication.size(), publication.digest());
        manifest = manifest.announcing(new Intent(output, inputs(next)));
        save();
    }

    private List<RecordedInput> inputs(Named next) {
        Map<Input, ScannedInput> scanned = new IdentityHashMap<>();
        next.group().inputs().forEach(input -> scanned.put(input.input(), input));
        List<RecordedInput> inputs = new ArrayList<>();
        for (Slice slice : next.packed().slices()) {
            Input input = slice.input();
            ScannedInput all = scanned.get(input);
            boolean whole = all == null || slice.to() == all.rowGroups();
            inputs.add(manifest.recorded(name(input.object()), input.size(), input.version())
                    .plus(slice.to(), whole, next.name()));
        }
        return inputs;
    }

    @Override
    public void written() {
        manifest = manifest.settled();
        named = null;
    }

    /** Replaces the manifest, if this run knows more than it tells. */
    void save() {
        Lease held = lease;
        if (held == null || manifest.equals(saved)) {
            return;
        }
        held.require();
        manifest = manifest.withFence(held.fence());
        object.write(ManifestJson.write(manifest));
        saved = manifest;
    }

    /** The requests that the folder took besides the merge. */
    Traffic traffic() {
        return traffic.plus(object.traffic());
    }

    @Override
    public void close() {
        object.close();
    }
}
