package io.glulam.tables.delta.rewrite;

import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.tables.delta.files.DataFile;
import io.glulam.tables.delta.files.FileColumns;
import io.glulam.tables.delta.files.FileStatisticsMerger;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.log.AddedFile;
import io.glulam.tables.delta.log.CommitConflict;
import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.delta.log.LoggedFile;
import io.glulam.tables.delta.log.TableVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Replaces files in the log by the new ones, in one commit. Where other writers commit meanwhile it looks at the newest version
 * again: as long as schema, properties and protocol are the same and every source is active as it was, it goes on.
 */
final class TableCommit {
    private static final int TRIES = 50;
    private static final int MAX_WAIT_MILLIS = 400;

    private final DeltaLog log;
    private final String table;
    private final TableVersion planned;
    private final List<NewFile> outputs;
    private final @Nullable String run;
    private final Map<String, Source> sources = new HashMap<>();

    /** A file that is replaced: the output that takes its rows, and its place there. */
    private record Source(DataFile file, int output, int position) {}

    /** @param run a text of which no other commit has the same, by which the log can be searched for it; null for none */
    TableCommit(DeltaLog log, String table, TableVersion planned, List<NewFile> outputs, @Nullable String run) {
        this.log = log;
        this.table = table;
        this.planned = planned;
        this.outputs = outputs;
        this.run = run;
        for (int output = 0; output < outputs.size(); output++) {
            List<DataFile> files = outputs.get(output).group().files();
            for (int i = 0; i < files.size(); i++) {
                sources.put(files.get(i).path(), new Source(files.get(i), output, i));
            }
        }
    }

    /**
     * Commits on top of the version that was planned from, or of a later one.
     *
     * @throws SourceChanged if another writer has changed what the commit stands on; nothing was committed
     */
    DeltaLog.Committed commit(TableVersion first) {
        TableVersion base = first;
        requireSame(base);
        for (int tries = 1; ; tries++) {
            try {
                Attempt attempt = new Attempt();
                return log.commit(base, attempt::removes, attempt::added, metrics(), run);
            } catch (CommitConflict conflict) {
                if (tries == TRIES) {
                    throw new SourceChanged(
                            Place.of(table), "other writers were first " + TRIES + " times", "run again later");
                }
                pause();
                base = log.newest();
                requireSame(base);
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(MAX_WAIT_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageFailed.interrupted(Place.of(table));
        }
    }

    private void requireSame(TableVersion newest) {
        if (!newest.isGovernedAs(planned)) {
            throw new SourceChanged(
                    Place.of(table),
                    "another writer changed the table's schema, properties or protocol in version " + newest.number()
                            + " or before",
                    "nothing was committed; run again");
        }
    }

    /** One look at the active files. */
    private final class Attempt {
        private final List<FileStatisticsMerger> statistics = new ArrayList<>();
        private int found;

        Attempt() {
            List<DeltaField> fields = TableForm.of(planned).fields();
            outputs.forEach(output -> statistics.add(new FileStatisticsMerger(fields)));
        }

        boolean removes(LoggedFile file) {
            Source source = sources.get(file.path());
            if (source == null) {
                return false;
            }
            requireUnchanged(source.file(), file);
            NewFile output = outputs.get(source.output());
            FileColumns columns = output.columns().get(source.position());
            statistics
                    .get(source.output())
                    .add(file.statistics(), output.inputRows().get(source.position()), columns::has);
            found++;
            return true;
        }

        private void requireUnchanged(DataFile before, LoggedFile now) {
            boolean same = Objects.equals(now.deletes(), before.deletes())
                    && now.size() == before.size()
                    && Objects.equals(now.baseRowId(), before.baseRowId())
                    && Objects.equals(now.rowCommitVersion(), before.rowCommitVersion());
            if (!same) {
                throw changed("another writer deleted rows of " + now.path() + " or added it anew");
            }
        }

        List<AddedFile> added() {
            if (found != sources.size()) {
                throw changed("another writer removed " + (sources.size() - found) + " of the files that were merged");
            }
            List<AddedFile> files = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                NewFile output = outputs.get(i);
                files.add(new AddedFile(
                        output.path(),
                        output.group().partition(),
                        output.bytes(),
                        output.modified(),
                        statistics.get(i).merged(output.rows(), output.found())));
            }
            return files;
        }

        private SourceChanged changed(String problem) {
            return new SourceChanged(Place.of(table), problem, "nothing was committed; run again");
        }
    }

    private Map<String, String> metrics() {
        long removedBytes =
                outputs.stream().mapToLong(output -> output.group().bytes()).sum();
        long addedBytes = outputs.stream().mapToLong(output -> output.bytes()).sum();
        return Map.of(
                "numRemovedFiles", Integer.toString(sources.size()),
                "numAddedFiles", Integer.toString(outputs.size()),
                "numRemovedBytes", Long.toString(removedBytes),
                "numAddedBytes", Long.toString(addedBytes));
    }
}
