package io.glulam.merge;

import io.glulam.join.Slice;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** The slices of inputs that an output takes. Those that are taken whole are held as numbers, and made when they are asked for. */
final class SliceList extends AbstractList<Slice> implements RandomAccess {
    private final List<ScannedInput> inputs;
    private final List<Slice> parts = new ArrayList<>();
    /** The number of an input that is taken whole; of the others, -1 less the number of their part. */
    private int[] numbers = new int[16];

    private int count;

    /** @param inputs which the numbers are of; must not change */
    SliceList(List<ScannedInput> inputs) {
        this.inputs = inputs;
    }

    void addWhole(int input) {
        append(input);
    }

    /** Adds some row groups of an input; those of one input that follow each other become one slice. */
    void addPart(Slice part) {
        int last = parts.size() - 1;
        boolean follows =
                last >= 0 && numbers[count - 1] == -1 - last && parts.get(last).isFollowedBy(part);
        if (follows) {
            parts.set(last, parts.get(last).with(part));
        } else {
            parts.add(part);
            append(-parts.size());
        }
    }

    private void append(int number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number;
    }

    @Override
    public Slice get(int index) {
        if (index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        int number = numbers[index];
        return number >= 0 ? inputs.get(number).whole() : parts.get(-1 - number);
    }

    @Override
    public int size() {
        return count;
    }
}
