package io.glulam.merge;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.join.Agreement;
import io.glulam.join.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Inputs that can be in one file, and what they agree on. Filled by an {@link InputScanner}; not thread-safe. */
public final class InputGroup {
    private final String name;
    private final Agreement agreement;
    private final ScannedInputs inputs = new ScannedInputs();
    /** Of each input; null for one without. */
    private List<@Nullable ColumnRange> ranges = new ArrayList<>();

    private @Nullable ColumnRange firstRange;

    InputGroup(String name, Agreement agreement) {
        this.name = name;
        this.agreement = agreement;
    }

    /** The folder of its outputs, relative to where the merge writes; empty for none. */
    public String name() {
        return name;
    }

    /** Returns the agreement of the inputs. */
    public Agreement agreement() {
        return agreement;
    }

    /** In the order of the rows. */
    public List<ScannedInput> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    /**
     * Adds an input.
     *
     * @param range of the column that orders the inputs; null if the input has no rows, or no column orders them
     * @throws Unsupported if its values do not compare as those of the inputs before
     */
    void add(ScannedInput input, @Nullable ColumnRange range) {
        ColumnRange known = firstRange;
        if (range != null && known != null) {
            requireComparable(input.input(), range, known);
        }
        firstRange = known == null ? range : known;
        ranges.add(range);
        inputs.add(input);
    }

    private static void requireComparable(Input input, ColumnRange range, ColumnRange known) {
        if (!range.isComparable(known)) {
            throw new Unsupported(
                    new Place(input.name(), -1, range.leaf().name(), -1),
                    "its type is not that of the files before, so that their minima do not compare",
                    "keep the order of the files, or order them by another column");
        }
    }

    /** Puts the inputs into the order of the column's minimum; those without rows come last, equal ones as they were. */
    void sortByMinimum() {
        List<@Nullable ColumnRange> known = ranges;
        int[] order = IntStream.range(0, inputs.size())
                .boxed()
                .sorted((a, b) -> compare(known.get(a), known.get(b)))
                .mapToInt(Integer::intValue)
                .toArray();
        inputs.order(order);
        ranges = new ArrayList<>(order.length);
        for (int number : order) {
            ranges.add(known.get(number));
        }
    }

    private static int compare(@Nullable ColumnRange left, @Nullable ColumnRange right) {
        return left == null || right == null ? Boolean.compare(left == null, right == null) : left.compareMin(right);
    }

    /** How many inputs may have a value that comes before one of the input before, in an order by a column. */
    public int overlaps() {
        int found = 0;
        for (int i = 1; i < inputs.size(); i++) {
            ColumnRange before = ranges.get(i - 1);
            ColumnRange range = ranges.get(i);
            found += before != null && range != null && before.overlaps(range) ? 1 : 0;
        }
        return found;
    }
}
