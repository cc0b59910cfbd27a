package io.glulam.testkit.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The endless sequence of values of one leaf. Not thread-safe. */
final class LeafValues {
    private static final double[] NULL_SHARES = {0, 0.1, 0.5, 0.95};

    private final Domain domain;
    private final ValueShape shape;
    private final Random random;
    private final List<Object> pool;
    private final double nullShare;
    private long index;
    private int nullsLeft;
    private int runLeft;
    private Object run;

    LeafValues(LeafKind kind, ValueShape shape, long seed) {
        this.domain = kind.domain();
        this.shape = shape;
        this.random = new Random(seed);
        this.nullShare = shape == ValueShape.ALL_NULL ? 1 : NULL_SHARES[random.nextInt(NULL_SHARES.length)];
        this.pool = pool();
    }

    private List<Object> pool() {
        int size = switch (shape) {
            case ALL_NULL, CONSTANT -> 1;
            case LOW_CARDINALITY -> 2 + random.nextInt(20);
            case DRIFTING -> 500;
            default -> 0;
        };
        List<Object> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(domain.random().apply(random));
        }
        return values;
    }

    /** Whether the next value of an optional leaf is null. */
    boolean nextIsNull() {
        if (shape == ValueShape.RUNS) {
            return nextOfRunIsNull();
        }
        return random.nextDouble() < nullShare;
    }

    /** The next value; never null. */
    Object next() {
        index++;
        return switch (shape) {
            case ALL_NULL, CONSTANT -> pool.get(0);
            case LOW_CARDINALITY -> pool.get(random.nextInt(pool.size()));
            case DRIFTING -> pool.get((int) ((index / 40 + random.nextInt(6)) % pool.size()));
            case HIGH_CARDINALITY -> domain.random().apply(random);
            case SORTED -> domain.ordered().apply(index);
            case RUNS -> nextOfRun();
            case SPECIAL -> special();
        };
    }

    /** A value that no other call with another {@code ordinal} gives: the keys of a map are distinct. */
    Object distinct(long ordinal) {
        return domain.ordered().apply(ordinal);
    }

    private boolean nextOfRunIsNull() {
        if (nullsLeft == 0 && runLeft == 0 && random.nextInt(3) == 0) {
            nullsLeft = 1 + random.nextInt(200);
        }
        return nullsLeft > 0 && nullsLeft-- > 0;
    }

    private Object nextOfRun() {
        if (runLeft == 0) {
            runLeft = 1 + random.nextInt(200);
            run = domain.random().apply(random);
        }
        runLeft--;
        return run;
    }

    private Object special() {
        return random.nextInt(4) == 0
                ? domain.random().apply(random)
                : domain.special().get(random.nextInt(domain.special().size()));
    }
}
