package io.glulam.tables.delta.log;

import static io.delta.kernel.internal.util.Utils.toCloseableIterator;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.RemoveFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.glulam.shape.DeletedRows;
import io.glulam.tables.delta.engine.LogEngine;
import io.glulam.tables.delta.engine.LogStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of one table. Data files are added and removed without a change of data, in one commit. Failures are
 * {@link io.glulam.error.GlulamException}s. Not thread-safe.
 */
public final class DeltaLog {
    /** The name of this engine in a table's history. */
    static final String ENGINE = "Glulam";

    private final Engine engine;
    private final LogStore store;
    private final String location;
    private final VectorReader vectors;

    /**
     * @param store holds the table
     * @param location of the table's folder, as {@code store} takes paths; without a slash at its end
     * @param bufferBytes memory that pages of a checkpoint, or deletion vectors, may take
     */
    public DeltaLog(LogStore store, String location, long bufferBytes) {
        this.engine = new LogEngine(store, bufferBytes);
        this.store = store;
        this.location = location;
        this.vectors = new VectorReader(store, location, bufferBytes);
    }

    /** Reads the newest version. */
    public TableVersion newest() {
        return load(-1);
    }

    /** Reads a version. */
    public TableVersion version(long number) {
        return load(number);
    }

    private TableVersion load(long number) {
        return KernelFailure.translated(location, () -> {
            OptimizeCommitter committer = new OptimizeCommitter();
            SnapshotBuilder builder = TableManager.loadSnapshot(location).withCommitter(committer);
            SnapshotBuilder chosen = number < 0 ? builder : builder.atVersion(number);
            return new TableVersion((SnapshotImpl) chosen.build(engine), committer);
        });
    }

    /**
     * Refuses a table that the kernel does not write to.
     *
     * @throws io.glulam.error.Unsupported with the kernel's reason
     */
    public void requireWritable(TableVersion version) {
        KernelFailure.translated(location, () -> transaction(version.snapshot()));
    }

    /** Returns the columns by which a version is clustered, each a path of physical names; empty if it is not. */
    public List<List<String>> clusteringColumns(TableVersion version) {
        if (!version.features().contains("clustering")) {
            return List.of();
        }
        return KernelFailure.translated(
                location,
                () -> version.snapshot().getPhysicalClusteringColumns().orElse(List.of()).stream()
                        .map(column -> List.of(column.getNames()))
                        .toList());
    }

    /** Takes an active file. */
    public interface FileVisitor {
        /** Takes a file, which stays valid after the call. */
        void visit(LoggedFile file);
    }

    /**
     * Reads the active files of a version, one after the other, in the order of the log.
     *
     * @param statistics whether statistics are wanted
     */
    public void files(TableVersion version, boolean statistics, FileVisitor visitor) {
        adds(version, add -> visitor.visit(logged(add, statistics)));
    }

    private void adds(TableVersion version, Consumer<AddFile> visitor) {
        KernelFailure.translated(location, () -> {
            ScanImpl scan = (ScanImpl) version.snapshot().getScanBuilder().build();
            try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
                while (batches.hasNext()) {
                    try (CloseableIterator<Row> rows = batches.next().getRows()) {
                        while (rows.hasNext()) {
                            visitor.accept(new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)));
                        }
                    }
                }
            }
            return version;
        });
    }

    private static LoggedFile logged(AddFile add, boolean statistics) {
        Map<String, @Nullable String> partition = VectorUtils.toJavaMap(add.getPartitionValues());
        return new LoggedFile(
                add.getPath(),
                partition,
                add.getSize(),
                add.getModificationTime(),
                add.getDeletionVector().map(DeltaLog::vector).orElse(null),
                add.getBaseRowId().orElse(null),
                add.getDefaultRowCommitVersion().orElse(null),
                statistics ? add.getStatsJson().orElse(null) : null);
    }

    private static DeletionVector vector(DeletionVectorDescriptor descriptor) {
        return new DeletionVector(
                descriptor.getStorageType(),
                descriptor.getPathOrInlineDv(),
                descriptor.getOffset().orElse(null),
                descriptor.getSizeInBytes(),
                descriptor.getCardinality());
    }

    /** Returns whether a deletion vector lies where the table may have it: in the log or in the table's folder. */
    public boolean isInside(DeletionVector vector) {
        return vectors.isInside(vector);
    }

    /**
     * Reads which rows of a data file are deleted.
     *
     * @throws io.glulam.error.CorruptFile if the bytes are not what the log says of them
     */
    public DeletedRows deletedRows(DeletionVector vector) {
        return vectors.read(vector);
    }

    /** Which active files a commit removes. */
    public interface Removal {
        /** Returns whether {@code file} is to be removed. Called once for each active file. */
        boolean removes(LoggedFile file);
    }

    /** Which files a commit adds, known when all active files were seen. */
    public interface Addition {
        /** Returns the files. */
        List<AddedFile> files();
    }

    /**
     * A commit that was written.
     *
     * @param version its number
     * @param note a sentence for people, where the work after the commit failed; null if it did not
     */
    public record Committed(long version, @Nullable String note) {}

    /**
     * Commits on top of a version, once.
     *
     * @param base must be the newest version
     * @param metrics of the operation, for the table's history
     * @param run a text by which {@link #find} knows the commit; null for none
     * @throws CommitConflict if another writer has committed meanwhile; nothing was written then
     * @throws LogStore.UnknownWrite if no answer tells whether the commit was written
     */
    public Committed commit(
            TableVersion base, Removal removal, Addition addition, Map<String, String> metrics, @Nullable String run)
            throws CommitConflict {
        List<Row> actions = new ArrayList<>();
        long now = System.currentTimeMillis();
        adds(base, add -> {
            if (removal.removes(logged(add, true))) {
                actions.add(SingleAction.createRemoveFileSingleAction(removed(add, now)));
            }
        });
        addition.files().forEach(file -> actions.add(SingleAction.createAddFileSingleAction(added(file))));
        return write(base, actions, metrics, run);
    }

    /**
     * Looks for a commit.
     *
     * @param run as {@link #commit} was told
     * @param from the first version to look at
     * @return its version; null if no version from {@code from} on has it
     */
    public @Nullable Long find(String run, long from) {
        long newest = newest().number();
        OptionalLong found =
                KernelFailure.translated(location, () -> new CommitSearch(store, location).find(run, from, newest));
        return found.isPresent() ? found.getAsLong() : null;
    }

    private Committed write(TableVersion base, List<Row> actions, Map<String, String> metrics, @Nullable String run)
            throws CommitConflict {
        OptimizeCommitter committer = base.committer();
        committer.describe(metrics, base.tracksRows(), run);
        long number = base.number() + 1;
        try {
            TransactionCommitResult result = KernelFailure.translated(
                    location,
                    () -> transaction(base.snapshot())
                            .commit(
                                    engine,
                                    CloseableIterable.inMemoryIterable(toCloseableIterator(actions.iterator()))));
            return new Committed(result.getVersion(), afterwards(base, result));
        } catch (KernelFailure.Conflict conflict) {
            throw new CommitConflict(number, conflict);
        } catch (RuntimeException failure) {
            if (committer.hasWritten()) {
                // Other readers see the commit already, whatever failed after it.
                return new Committed(number, "the work after the commit failed: " + failure.getMessage());
            }
            throw failure;
        }
    }

    /** The kernel's own retries would not look at deletion vectors, so that it gets one try. */
    private Transaction transaction(Snapshot snapshot) {
        return snapshot.buildUpdateTableTransaction(ENGINE, Operation.MANUAL_UPDATE)
                .withMaxRetries(0)
                .build(engine);
    }

    /** Statistics are not repeated: the entry that added the file has them. */
    private static Row removed(AddFile file, long now) {
        StructType schema = RemoveFile.FULL_SCHEMA;
        Map<Integer, Object> values = new HashMap<>();
        values.put(schema.indexOf("path"), file.getPath());
        values.put(schema.indexOf("deletionTimestamp"), now);
        values.put(schema.indexOf("dataChange"), false);
        values.put(schema.indexOf("extendedFileMetadata"), true);
        values.put(schema.indexOf("partitionValues"), file.getPartitionValues());
        values.put(schema.indexOf("size"), file.getSize());
        file.getDeletionVector().ifPresent(vector -> values.put(schema.indexOf("deletionVector"), vector.toRow()));
        file.getTags().ifPresent(tags -> values.put(schema.indexOf("tags"), tags));
        file.getBaseRowId().ifPresent(id -> values.put(schema.indexOf("baseRowId"), id));
        file.getDefaultRowCommitVersion()
                .ifPresent(version -> values.put(schema.indexOf("defaultRowCommitVersion"), version));
        return new GenericRow(schema, values);
    }

    private static Row added(AddedFile file) {
        Map<Integer, Object> values = new HashMap<>();
        values.put(AddFile.FULL_SCHEMA.indexOf("path"), file.path());
        values.put(AddFile.FULL_SCHEMA.indexOf("partitionValues"), VectorUtils.stringStringMapValue(file.partition()));
        values.put(AddFile.FULL_SCHEMA.indexOf("size"), file.size());
        values.put(AddFile.FULL_SCHEMA.indexOf("modificationTime"), file.modified());
        values.put(AddFile.FULL_SCHEMA.indexOf("dataChange"), false);
        values.put(AddFile.FULL_SCHEMA.indexOf("stats"), file.statistics());
        return new GenericRow(AddFile.FULL_SCHEMA, values);
    }

    /** The commit stands whatever comes after it, so that a failure is told and not thrown. */
    private @Nullable String afterwards(TableVersion base, TransactionCommitResult result) {
        String note = null;
        for (PostCommitHook hook : result.getPostCommitHooks()) {
            try {
                if (isWanted(hook, base)) {
                    hook.threadSafeInvoke(engine);
                }
            } catch (CheckpointAlreadyExistsException e) {
                // Another writer was quicker, and its checkpoint says the same.
            } catch (IOException | RuntimeException failure) {
                note = "version " + result.getVersion() + " stands, and what follows a commit failed (" + hook.getType()
                        + "): " + failure.getMessage();
            }
        }
        return note;
    }

    /**
     * A checksum made from that of the version before costs one small write; one made anew would read the whole log. A
     * checkpoint of the kernel does not keep all that other writers put there, so that they write those of such tables.
     */
    private static boolean isWanted(PostCommitHook hook, TableVersion base) {
        return switch (hook.getType()) {
            case CHECKSUM_SIMPLE -> true;
            case CHECKPOINT -> base.keepsAllInCheckpoints();
            default -> false;
        };
    }
}
