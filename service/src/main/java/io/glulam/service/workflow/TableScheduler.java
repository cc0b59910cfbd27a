package io.glulam.service.workflow;

import io.glulam.service.ledger.Ledger;
import io.glulam.service.request.TableSchedule;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the instances of schedules: one in each interval, of all servers on one database. Used by one thread. */
final class TableScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(TableScheduler.class);

    private final List<TableSchedule> schedules;
    private final Ledger ledger;
    private final Workflow workflow;
    private final Clock clock;
    private final Map<TableSchedule, String> begun = new HashMap<>();

    TableScheduler(List<TableSchedule> schedules, Ledger ledger, Workflow workflow, Clock clock) {
        this.schedules = schedules;
        this.ledger = ledger;
        this.workflow = workflow;
        this.clock = clock;
    }

    /** Begins what is due. */
    void tick() {
        for (TableSchedule schedule : schedules) {
            String id = schedule.instanceId(clock.instant());
            try {
                if (!id.equals(begun.get(schedule)) && isBegun(schedule, id)) {
                    begun.put(schedule, id);
                }
            } catch (RuntimeException e) {
                LOG.warn("the schedule of {} cannot begin: {}", schedule.job().table(), e.getMessage());
            }
        }
    }

    /** A table whose instance still runs, or waits for its turn, gets the next one when that has ended. */
    private boolean isBegun(TableSchedule schedule, String id) {
        if (ledger.find(id).isPresent()) {
            return true;
        }
        if (ledger.isActive(schedule.job().table())) {
            return false;
        }
        return workflow.submit(schedule.job().withInstanceId(id)) instanceof Workflow.Submission.Accepted;
    }
}
