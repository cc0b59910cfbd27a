package io.glulam.testkit.lint;

import io.glulam.testkit.read.DecodedPage;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.PageInfo;

/** What is true of a page, or of several pages added up. */
public final class PageFacts {
    /** The page, or null for a sum. */
    public final PageInfo page;

    public final long firstRow;
    public final boolean startsInsideRow;
    public final long[] repetitionHistogram;
    public final long[] definitionHistogram;
    public long values;
    public long nulls;
    public long rows;
    public long nans;

    private boolean plusZero;
    private boolean minusZero;
    /** Total length of non-null values. */
    public long valueBytes;
    /** Smallest non-null value that is not NaN, −0 before +0; null if there is none, or no order. */
    public byte[] min;

    /** Largest non-null value that is not NaN, +0 after −0; null if there is none, or no order. */
    public byte[] max;

    private PageFacts(PageInfo page, long firstRow, boolean startsInsideRow, LeafColumn leaf) {
        this.page = page;
        this.firstRow = firstRow;
        this.startsInsideRow = startsInsideRow;
        this.repetitionHistogram = new long[leaf.maxRepetitionLevel() + 1];
        this.definitionHistogram = new long[leaf.maxDefinitionLevel() + 1];
    }

    static PageFacts none(LeafColumn leaf) {
        return new PageFacts(null, 0, false, leaf);
    }

    static PageFacts of(DecodedPage decoded, long firstRow, LeafColumn leaf, ValueOrder order) {
        int[] repetition = decoded.repetitionLevels();
        boolean inside = repetition.length > 0 && repetition[0] > 0;
        PageFacts facts = new PageFacts(decoded.info(), firstRow, inside, leaf);
        facts.values = repetition.length;
        for (int level : repetition) {
            facts.repetitionHistogram[level]++;
        }
        for (int level : decoded.definitionLevels()) {
            facts.definitionHistogram[level]++;
        }
        facts.rows = facts.repetitionHistogram[0];
        facts.nulls = facts.values - decoded.values().count();
        facts.valueBytes = decoded.values().totalLength();
        if (order != ValueOrder.NONE) {
            for (int i = 0; i < decoded.values().count(); i++) {
                facts.addBound(decoded.values().get(i), order);
            }
        }
        return facts;
    }

    private void addBound(byte[] value, ValueOrder order) {
        if (order.isNaN(value)) {
            nans++;
            return;
        }
        if (order.isZero(value)) {
            plusZero |= value[value.length - 1] == 0;
            minusZero |= value[value.length - 1] != 0;
        }
        if (min == null || order.compareZeros(value, min) < 0) {
            min = value;
        }
        if (max == null || order.compareZeros(value, max) > 0) {
            max = value;
        }
    }

    void add(PageFacts other, ValueOrder order) {
        values += other.values;
        nulls += other.nulls;
        rows += other.rows;
        nans += other.nans;
        valueBytes += other.valueBytes;
        addAll(repetitionHistogram, other.repetitionHistogram);
        addAll(definitionHistogram, other.definitionHistogram);
        if (other.min != null) {
            addBound(other.min, order);
            addBound(other.max, order);
        }
        plusZero |= other.plusZero;
        minusZero |= other.minusZero;
    }

    /** Whether a value has the bits of that zero, in an order that takes both for equal. */
    public boolean hasZero(byte[] zero) {
        return zero[zero.length - 1] == 0 ? plusZero : minusZero;
    }

    private static void addAll(long[] sum, long[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }

    /** Whether no value is left when nulls are taken away. */
    public boolean allNull() {
        return nulls == values;
    }

    /** Whether there are values, and all are NaN. */
    public boolean allNaN() {
        return !allNull() && nans == values - nulls;
    }
}
