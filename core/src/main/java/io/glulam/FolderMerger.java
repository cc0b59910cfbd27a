package io.glulam;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.inputs.FoundInputs;
import io.glulam.manifest.Lease;
import io.glulam.storage.ObjectRef;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges files into a folder, again and again: each run adds what is new. The folder's manifest tells whose rows are in it;
 * a lease keeps two runs from writing at once. An output counts once it is published, whatever happens to the run
 * afterwards, so that a run that follows a crash merges no row twice and leaves none out. Thread-safe: every call is a run
 * of its own.
 *
 * <p>All methods throw what those of {@link Merger} throw; {@link StorageFailed} if another run holds the folder, or the
 * folder holds Parquet files that no merge has recorded; {@link io.glulam.error.SourceChanged} if an input changed after its
 * rows were merged. A store that cannot create an object only where there is none gets no manifest: there, the folder must
 * hold no Parquet files.
 */
public final class FolderMerger {
    private final MergeOptions options;
    private final ObjectRef folder;
    private final Clock clock;
    private final boolean replaces;
    private final @Nullable ObjectRef keep;

    /**
     * @param options of which {@link CompactionOptions#overwrite} is not used: an output never replaces a file
     * @param folder its key ends with a slash, or is empty for the root of a store; it need not exist
     */
    public FolderMerger(MergeOptions options, ObjectRef folder) {
        this(options, folder, Clock.systemUTC(), false, null);
    }

    private FolderMerger(
            MergeOptions options, ObjectRef folder, Clock clock, boolean replaces, @Nullable ObjectRef keep) {
        // Publishing commits an output because it creates only what is not there.
        this.options = options.withCompaction(options.compaction().withOverwrite(false));
        this.folder = folder;
        this.clock = clock;
        this.replaces = replaces;
        this.keep = keep;
    }

    /**
     * Returns a merger that deletes the inputs once their rows are published, and takes small outputs of earlier merges up
     * again. After a crash at any moment the next run of it, with the same inputs, ends with every row there once. In between,
     * readers of the files can see rows twice and never miss any.
     */
    public FolderMerger replacing() {
        return new FolderMerger(options, folder, clock, true, null);
    }

    /**
     * As {@link #replacing()}, but copies each input to a folder before it is deleted; {@link ReplacedInputs} brings it back.
     *
     * @param keepIn its key ends with a slash
     */
    public FolderMerger replacing(ObjectRef keepIn) {
        return new FolderMerger(options, folder, clock, true, keepIn);
    }

    /** Returns a merger that tells by another clock when leases end. */
    public FolderMerger by(Clock other) {
        return new FolderMerger(options, folder, other, replaces, keep);
    }

    /** Shows what {@link #merge} would do. Takes no lease, and writes and deletes nothing. */
    public MergePreview preview(FoundInputs inputs) {
        OutputFolder outputs = new OutputFolder(folder, options.compaction());
        try (MergedFolder merged = MergedFolder.open(outputs, null)) {
            merged.requireNoForeign(replaces ? inputs : null);
            return new Merger(options).previewInto(merged, taken(inputs, Set.of(), outputs, merged));
        }
    }

    /**
     * Merges what is new among {@code inputs}, in their order, into new files of the folder.
     *
     * @throws io.glulam.error.Unsupported if inputs are to be deleted, and the store cannot create an object only where there
     *     is none, or a table's metadata names them
     */
    public MergeReport merge(FoundInputs inputs) {
        folder.store().makeFolder(folder.key() + "any");
        OutputFolder outputs = new OutputFolder(folder, options.compaction());
        if (!replaces && !folder.store().capabilities().conditionalPublish()) {
            return merge(inputs, outputs, null);
        }
        Lease lease = Lease.take(folder, MergedFolder.lastFence(outputs), clock);
        MergeReport report;
        try (lease) {
            report = merge(inputs, outputs, lease);
        }
        return report.plus(lease.traffic());
    }

    /**
     * As {@link #merge(FoundInputs)}, but other processes write the outputs, under temporary names in a folder of this one;
     * this process publishes them.
     *
     * @throws Unsupported if inputs are to be deleted, or the store cannot create an object only where there is none
     */
    public SpreadReport merge(FoundInputs inputs, MergeRunner runner) {
        if (replaces || !folder.store().capabilities().conditionalPublish()) {
            throw new Unsupported(
                    Place.of(folder.name()),
                    replaces
                            ? "a merge by several processes deletes no inputs"
                            : "its store cannot create an object only where there is none, so that two runs could"
                                    + " meet");
        }
        folder.store().makeFolder(folder.key() + "any");
        OutputFolder outputs = new OutputFolder(folder, options.compaction());
        Lease lease = Lease.take(folder, MergedFolder.lastFence(outputs), clock);
        SpreadReport report;
        try (lease;
                MergedFolder merged = MergedFolder.open(outputs, lease)) {
            merged.requireNoForeign(null);
            merged.requireNothingHalfReplaced();
            SpreadOutputs spread = new SpreadOutputs(merged, outputs, runner);
            report = new Merger(options).spreadInto(merged, merged.fresh(inputs, Set.of()), spread);
            merged.save();
            report = report.plus(merged.traffic());
        }
        return report.plus(lease.traffic());
    }

    private MergeReport merge(FoundInputs inputs, OutputFolder outputs, @Nullable Lease lease) {
        try (MergedFolder merged = MergedFolder.open(outputs, lease)) {
            if (!replaces || lease == null) {
                merged.requireNoForeign(null);
                merged.requireNothingHalfReplaced();
                MergeReport report = write(taken(inputs, Set.of(), outputs, merged), merged);
                merged.save();
                return report.plus(merged.traffic());
            }
            FolderReplacement replacement =
                    new FolderReplacement(merged, outputs, lease, inputs, keep == null ? null : new KeptFiles(keep));
            replacement.requireDeletable();
            merged.requireNoForeign(inputs);
            Set<String> gone = replacement.finish();
            MergeReport report = write(taken(inputs, gone, outputs, merged), merged);
            merged.save();
            replacement.replace();
            return report.plus(merged.traffic()).withReplaced(replacement.report());
        }
    }

    private FoundInputs taken(FoundInputs inputs, Set<String> gone, OutputFolder outputs, MergedFolder merged) {
        FoundInputs fresh = merged.fresh(inputs, gone);
        return replaces ? new EarlierOutputs(outputs, merged.manifest(), options.maxFileBytes()).before(fresh) : fresh;
    }

    private MergeReport write(FoundInputs inputs, MergedFolder merged) {
        PublishListener others = options.compaction().publishing();
        CompactionOptions compaction = options.compaction().withPublishing(publication -> {
            others.beforePublish(publication);
            merged.announce(publication);
        });
        return new Merger(options.withCompaction(compaction)).mergeInto(merged, inputs);
    }
}
