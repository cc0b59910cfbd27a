package io.glulam.testkit.read;

import java.util.Arrays;
import java.util.Iterator;

/**
 * A stretch of a column: levels of every value, and the bytes of those that are not null.
 *
 * @param values one per definition level that equals the column's maximum
 */
public record Triplets(int[] repetitionLevels, int[] definitionLevels, Values values) {
    static Triplets concat(Iterator<DecodedPage> pages) {
        int[] repetition = new int[0];
        int[] definition = new int[0];
        Values.Builder values = new Values.Builder(0);
        int count = 0;
        while (pages.hasNext()) {
            DecodedPage page = pages.next();
            int more = page.repetitionLevels().length;
            if (count + more > repetition.length) {
                repetition = Arrays.copyOf(repetition, Math.max(count + more, 2 * count));
                definition = Arrays.copyOf(definition, Math.max(count + more, 2 * count));
            }
            System.arraycopy(page.repetitionLevels(), 0, repetition, count, more);
            System.arraycopy(page.definitionLevels(), 0, definition, count, more);
            values.addAll(page.values());
            count += more;
        }
        return new Triplets(Arrays.copyOf(repetition, count), Arrays.copyOf(definition, count), values.build());
    }

    /** Levels, so values with nulls. */
    public int count() {
        return repetitionLevels.length;
    }

    /** Rows that begin here: repetition levels of 0. */
    public long rows() {
        return Arrays.stream(repetitionLevels).filter(level -> level == 0).count();
    }

    /** Whether levels and value bytes are the same. */
    public boolean sameAs(Triplets other) {
        return Arrays.equals(repetitionLevels, other.repetitionLevels)
                && Arrays.equals(definitionLevels, other.definitionLevels)
                && values.sameAs(other.values);
    }
}
