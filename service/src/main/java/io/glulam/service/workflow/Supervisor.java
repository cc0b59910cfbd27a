package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.ProgressListener;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.LostRun;
import io.glulam.service.ledger.Run;
import io.glulam.service.ledger.RunLedger;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the steps under way: writes their progress into the ledger, and interrupts a step that was terminated, has lost its
 * instance, makes no progress, or delays the server's stop. Thread-safe.
 */
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final RunLedger ledger;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = DaemonThreads.timer("glulam-supervisor");
    private volatile boolean draining;
    private volatile boolean stopping;

    Supervisor(RunLedger ledger) {
        this.ledger = ledger;
    }

    /** The reason why a step was interrupted. */
    enum Stop {
        TERMINATED,
        LOST,
        NO_PROGRESS,
        SERVER_STOPS
    }

    void start() {
        var unused = ticker.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Watches the step that the current thread is about to run. */
    Watch watch(Run run, String step, Duration timeout) {
        Watch watch = new Watch(run, step, timeout, Thread.currentThread());
        watches.add(watch);
        if (stopping) {
            watch.stop(Stop.SERVER_STOPS);
        }
        return watch;
    }

    private void tick() {
        for (Watch watch : watches) {
            try {
                watch.tick();
            } catch (LostRun lost) {
                watch.stop(Stop.LOST);
            } catch (RuntimeException e) {
                LOG.warn("the progress of instance {} cannot be written: {}", watch.run.instanceId(), e.getMessage());
            }
        }
    }

    /** Interrupts every step under way, and those that begin later: they are handed back. */
    void handBack() {
        stopping = true;
        watches.forEach(watch -> watch.stop(Stop.SERVER_STOPS));
    }

    /** Lets no further step begin. */
    void drain() {
        draining = true;
    }

    /** Returns whether no further step begins. */
    boolean isDraining() {
        return draining;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    /** One step under way. */
    final class Watch implements ProgressListener, AutoCloseable {
        private final Run run;
        private final String step;
        private final Duration timeout;
        private final Thread thread;
        private @Nullable Phase phase;
        private long done;
        private long total;
        private long changedAt = System.nanoTime();
        private boolean closed;
        private @Nullable Stop stop;

        private Watch(Run run, String step, Duration timeout, Thread thread) {
            this.run = run;
            this.step = step;
            this.timeout = timeout;
            this.thread = thread;
        }

        @Override
        public synchronized void progress(Phase newPhase, long newDone, long newTotal) {
            if (phase != newPhase || done != newDone) {
                changedAt = System.nanoTime();
            }
            phase = newPhase;
            done = newDone;
            total = newTotal;
        }

        /** Reading the footers of many inputs takes minutes, in which no phase has begun. */
        @Override
        public synchronized void footersRead(int read, int inputs) {
            changedAt = System.nanoTime();
        }

        private void tick() {
            JsonNode progress;
            synchronized (this) {
                if (closed) {
                    return;
                }
                if (System.nanoTime() - changedAt > timeout.toNanos()) {
                    stop(Stop.NO_PROGRESS);
                }
                progress = json();
            }
            if (ledger.progress(run, progress) == RunLedger.Wish.TERMINATE) {
                stop(Stop.TERMINATED);
            }
        }

        private JsonNode json() {
            ObjectNode json = Json.object();
            json.put("step", step);
            if (phase != null) {
                json.put("phase", phase.name().toLowerCase(Locale.ROOT));
                json.put("done", done);
                json.put("total", total);
            }
            return json;
        }

        private synchronized void stop(Stop reason) {
            if (!closed) {
                if (stop == null) {
                    stop = reason;
                }
                // At each tick again, because the step may have swallowed the last interrupt.
                thread.interrupt();
            }
        }

        /** Returns why the step was interrupted; null if it was not. */
        synchronized @Nullable Stop stopped() {
            return stop;
        }

        /** Ends the watch; the thread is not interrupted any more. */
        @Override
        public synchronized void close() {
            closed = true;
            watches.remove(this);
            if (stop != null) {
                Thread.interrupted();
            }
        }
    }
}
