package io.glulam.inputs;

import java.util.Comparator;

/**
 * Orders paths below a folder as a walk through it does: the files of a folder before its subfolders, both in
 * {@link NaturalOrder}.
 */
final class PathOrder implements Comparator<String> {
    static final PathOrder INSTANCE = new PathOrder();

    private PathOrder() {}

    @Override
    public int compare(String left, String right) {
        int from = 0;
        while (true) {
            int leftEnd = left.indexOf('/', from);
            int rightEnd = right.indexOf('/', from);
            if (leftEnd < 0 || rightEnd < 0) {
                return leftEnd < 0 && rightEnd < 0
                        ? NaturalOrder.INSTANCE.compare(left.substring(from), right.substring(from))
                        : leftEnd < 0 ? -1 : 1;
            }
            int order = NaturalOrder.INSTANCE.compare(left.substring(from, leftEnd), right.substring(from, rightEnd));
            if (order != 0) {
                return order;
            }
            from = leftEnd + 1; // Equal names are equally long.
        }
    }
}
