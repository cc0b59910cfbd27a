package io.glulam.cli;

import io.glulam.testkit.s3.Fault;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One request that is not answered, and somebody waiting for it to come. Thread-safe. */
final class Trap {
    private Predicate<String> wanted = request -> false;
    private int passing;
    private boolean after;
    private int seen;
    private CountDownLatch sprung = new CountDownLatch(1);

    /**
     * Sets it.
     *
     * @param which requests it is for
     * @param pass how many of them are let through first
     * @param afterwards whether what is asked for is done all the same
     */
    synchronized void set(Predicate<String> which, int pass, boolean afterwards) {
        wanted = which;
        passing = pass;
        after = afterwards;
        seen = 0;
        sprung = new CountDownLatch(1);
    }

    /** What becomes of a request. */
    enum Fate {
        ANSWERED,
        HELD_BEFORE,
        HELD_AFTER
    }

    /** What a store does with a request of a name. */
    Fault fault(String name) {
        return switch (request(name)) {
            case ANSWERED -> null;
            case HELD_BEFORE -> Fault.SILENCE_BEFORE;
            case HELD_AFTER -> Fault.SILENCE_AFTER;
        };
    }

    /** A request is here. */
    synchronized Fate request(String name) {
        if (!wanted.test(name) || seen++ != passing) {
            return Fate.ANSWERED;
        }
        sprung.countDown();
        return after ? Fate.HELD_AFTER : Fate.HELD_BEFORE;
    }

    /** How many requests of the kind have come. */
    synchronized int seen() {
        return seen;
    }

    /** Waits until a request is held, and kills the server. */
    void kill(ServerProcess server) throws InterruptedException {
        await();
        Thread.sleep(100); // So that what is held after its effect has it.
        server.kill();
    }

    /** Waits until a request is held. */
    void await() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = sprung;
        }
        if (!latch.await(120, TimeUnit.SECONDS)) {
            throw new AssertionError("no request to hold has come; " + seen() + " were let through");
        }
    }
}
