package io.glulam.execute;

/** Work that several threads share: each takes what is next until nothing is left. */
final class OnThreads {
    private OnThreads() {}

    /**
     * Runs {@code work} on the caller's thread and on {@code count - 1} more, and returns when all of them have ended.
     *
     * @param work must not throw on another thread than the caller's: it would be lost there
     */
    static void run(int count, String name, Runnable work) {
        Thread[] helpers = new Thread[Math.max(0, count - 1)];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(work, name);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
        boolean interrupted = false;
        try {
            work.run();
        } finally {
            for (Thread helper : helpers) {
                interrupted |= join(helper);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits however often that is interrupted; whether it was. */
    static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
