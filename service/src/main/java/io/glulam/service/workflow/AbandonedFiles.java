package io.glulam.service.workflow;

import io.glulam.error.GlulamException;
import io.glulam.service.ledger.Instance;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.ledger.TableFiles.State;
import io.glulam.service.ledger.TableFiles.TableFile;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes new files of tables, by their places, whose instances have ended or begun anew before a commit was begun. Files that
 * a commit may hold stay.
 */
final class AbandonedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFiles.class);

    private final TableWork work;
    private final TableFiles files;
    private final Ledger ledger;

    AbandonedFiles(TableWork work, TableFiles files, Ledger ledger) {
        this.work = work;
        this.files = files;
        this.ledger = ledger;
    }

    /** Removes those of instances that have ended. */
    void sweep(int most) {
        for (String id : files.abandoned(most)) {
            try {
                sweep(id);
            } catch (GlulamException | StepFailed e) {
                LOG.warn(
                        "new files of {} cannot be removed yet: {}",
                        id,
                        e.getClass().getSimpleName());
            }
        }
    }

    /** Asks the ledger twice: if both answers say ended, in one epoch, no run needs the files read between. */
    private void sweep(String id) {
        Instance before = ledger.find(id).orElse(null);
        List<TableFile> abandoned = abandoned(id);
        Instance after = ledger.find(id).orElse(null);
        if (before != null
                && after != null
                && before.status().ended()
                && after.status().ended()
                && before.epoch() == after.epoch()) {
            remove(after, abandoned);
        }
    }

    /** Removes those of earlier compactions of an instance that begins anew. */
    void removeThoseOf(Instance instance) {
        remove(instance, abandoned(instance.id()));
    }

    private List<TableFile> abandoned(String id) {
        return files.of(id).stream()
                .filter(file -> file.state() != State.COMMITTING)
                .toList();
    }

    private void remove(Instance instance, List<TableFile> abandoned) {
        if (abandoned.isEmpty()) {
            return;
        }
        work.onTable(instance.request(), table -> {
            for (TableFile file : abandoned) {
                table.removeNew(file.place());
                files.remove(instance.id(), file.work(), file.position());
            }
        });
    }
}
