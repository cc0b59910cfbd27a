package io.glulam.tables.delta.log;

import static io.delta.kernel.internal.actions.SingleAction.COMMIT_INFO_ORDINAL;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.commit.Committer;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.files.ParsedPublishedDeltaData;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a commit under its version, if no other writer did. The commit says what it is: an {@code OPTIMIZE}, which the kernel has
 * no name for, with the tag by which readers know that row ids were kept.
 */
final class OptimizeCommitter implements Committer {
    private static final String PRESERVED = "delta.rowTracking.preserved";

    private static final StructType INFO =
            CommitInfo.FULL_SCHEMA.add("tags", new MapType(StringType.STRING, StringType.STRING, true));

    private static final StructType INFO_ACTION = new StructType().add("commitInfo", INFO);

    private Map<String, String> metrics = Map.of();
    private Map<String, String> tags = Map.of();
    private boolean written;

    /**
     * Says what the next commit is.
     *
     * @param operationMetrics for the table's history
     * @param tracksRows whether the table has row ids, which all were kept
     * @param run by which the log can be searched for the commit; null for none
     */
    void describe(Map<String, String> operationMetrics, boolean tracksRows, @Nullable String run) {
        metrics = Map.copyOf(operationMetrics);
        Map<String, String> all = new HashMap<>();
        if (tracksRows) {
            all.put(PRESERVED, "true");
        }
        if (run != null) {
            all.put(CommitSearch.RUN, run);
        }
        tags = Map.copyOf(all);
    }

    @Override
    public CommitResponse commit(Engine engine, CloseableIterator<Row> actions, CommitMetadata commit)
            throws CommitFailedException {
        String file = commit.getPublishedDeltaFilePath();
        try {
            CloseableIterator<Row> named =
                    actions.map(action -> action.isNullAt(COMMIT_INFO_ORDINAL) ? action : info(commit.getCommitInfo()));
            engine.getJsonHandler().writeJsonFileAtomically(file, named, false);
        } catch (FileAlreadyExistsException e) {
            throw new CommitFailedException(true, true, "another writer was first", e);
        } catch (IOException e) {
            throw new CommitFailedException(false, false, "the commit could not be written", e);
        }
        written = true;
        // To ask the store for the file's facts would be a request more, which could fail.
        return new CommitResponse(
                ParsedPublishedDeltaData.forFileStatus(FileStatus.of(file, 0, System.currentTimeMillis())));
    }

    /** Whether the commit is there. */
    boolean hasWritten() {
        return written;
    }

    private Row info(CommitInfo info) {
        Row plain = info.toRow();
        Map<Integer, Object> values = new HashMap<>();
        info.getInCommitTimestamp().ifPresent(time -> values.put(INFO.indexOf("inCommitTimestamp"), time));
        values.put(INFO.indexOf("timestamp"), info.getTimestamp());
        values.put(INFO.indexOf("engineInfo"), info.getEngineInfo().orElse(DeltaLog.ENGINE));
        values.put(INFO.indexOf("operation"), "OPTIMIZE");
        values.put(INFO.indexOf("operationParameters"), VectorUtils.stringStringMapValue(Map.of("predicate", "[]")));
        values.put(INFO.indexOf("isBlindAppend"), false);
        values.put(INFO.indexOf("txnId"), plain.getString(INFO.indexOf("txnId")));
        values.put(INFO.indexOf("operationMetrics"), VectorUtils.stringStringMapValue(metrics));
        if (!tags.isEmpty()) {
            values.put(INFO.indexOf("tags"), VectorUtils.stringStringMapValue(tags));
        }
        return new GenericRow(INFO_ACTION, Map.of(0, new GenericRow(INFO, values)));
    }
}
