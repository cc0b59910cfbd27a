package io.glulam;

import io.glulam.error.StorageFailed;
import io.glulam.inputs.FoundInputs;
import io.glulam.manifest.Lease;
import io.glulam.storage.StoredObject;
import java.time.Clock;
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
    private final StoredObject folder;
    private final Clock clock;

    /** @param folder its key ends with a slash, or is empty for the root of a store; it need not exist */
    public FolderMerger(MergeOptions options, StoredObject folder) {
        this(options, folder, Clock.systemUTC());
    }

    FolderMerger(MergeOptions options, StoredObject folder, Clock clock) {
        this.options = options;
        this.folder = folder;
        this.clock = clock;
    }

    /** Shows what {@link #merge} would do. Takes no lease and writes nothing. */
    public MergePreview preview(FoundInputs inputs) {
        try (MergedFolder merged = MergedFolder.open(folder, options.compaction(), null)) {
            return new Merger(options).previewInto(merged, merged.fresh(inputs));
        }
    }

    /** Merges what is new among {@code inputs}, in their order, into new files of the folder. */
    public MergeReport merge(FoundInputs inputs) {
        folder.store().makeFolder(folder.key() + "any");
        if (!folder.store().capabilities().conditionalPublish()) {
            return merge(inputs, null);
        }
        try (Lease lease = Lease.take(folder, MergedFolder.lastFence(folder), clock)) {
            return merge(inputs, lease);
        }
    }

    private MergeReport merge(FoundInputs inputs, @Nullable Lease lease) {
        try (MergedFolder merged = MergedFolder.open(folder, options.compaction(), lease)) {
            PublishListener others = options.compaction().publishing();
            CompactionOptions compaction = options.compaction().withPublishing(publication -> {
                others.beforePublish(publication);
                merged.announce(publication);
            });
            MergeReport report = new Merger(options.withCompaction(compaction)).mergeInto(merged, merged.fresh(inputs));
            merged.save();
            return report.plus(merged.traffic());
        }
    }
}
