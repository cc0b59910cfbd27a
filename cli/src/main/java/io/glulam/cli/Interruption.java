package io.glulam.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end cleanly when the process gets a signal to stop (Ctrl-C, SIGTERM): the thread that runs it is
 * interrupted and gets some seconds to remove what is unfinished. What a killed process leaves, the next run removes.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Thread runner = Thread.currentThread();
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;

    private Interruption() {}

    /** Watches over the current thread from now on until {@link #close}. */
    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "glulam-stop"));
        return interruption;
    }

    /** One that is never requested, for runs inside another process. */
    static Interruption never() {
        return new Interruption();
    }

    private void stop() {
        if (finished.getCount() == 0) {
            return;
        }
        requested = true;
        runner.interrupt();
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the run is to stop; its failures are then the interruption's. */
    boolean requested() {
        return requested;
    }

    /** Tells that the run is over. */
    @Override
    public void close() {
        finished.countDown();
    }
}
