package io.glulam.cli.demo;

import java.util.Random;

/** The row that is being made, and the chance that makes it: the same for every run. Not thread-safe. */
final class DemoRow {
    private static final long FIRST_INSTANT_MICROS = 1_767_225_600_000_000L;
    private static final int MEAN_GAP_MICROS = 400_000;

    private final Random random = new Random(42);
    private long number;
    private long micros = FIRST_INSTANT_MICROS;

    void next() {
        number++;
        micros += random.nextInt(2 * MEAN_GAP_MICROS);
    }

    /** From 1. */
    long number() {
        return number;
    }

    /** Since 1970, rising from row to row. */
    long micros() {
        return micros;
    }

    /** 0 to {@code bound - 1}, each as likely. */
    int any(int bound) {
        return random.nextInt(bound);
    }

    /** 0 to {@code bound - 1}, low ones far more likely: few users do most. */
    int skewed(int bound) {
        double uniform = random.nextDouble();
        return (int) (uniform * uniform * uniform * bound);
    }

    /** Whether something of that chance in a hundred happens. */
    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    long bits() {
        return random.nextLong();
    }
}
