package io.glulam.inputs;

import java.util.Comparator;

/**
 * Orders names as people do: digits by the number that they make, so that {@code part-9} comes before {@code part-10};
 * everything else by its characters. Names that differ in leading zeros only are ordered by their characters.
 */
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
                int leftEnd = endOfDigits(left, i);
                int rightEnd = endOfDigits(right, j);
                int order = compareNumbers(left, i, leftEnd, right, j, rightEnd);
                if (order != 0) {
                    return order;
                }
                i = leftEnd;
                j = rightEnd;
            } else if (left.charAt(i) != right.charAt(j)) {
                return Character.compare(left.charAt(i), right.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int rest = Integer.compare(left.length() - i, right.length() - j);
        return rest != 0 ? rest : left.compareTo(right);
    }

    /** Of any length: without leading zeros, the longer number is the larger one. */
    private static int compareNumbers(String left, int i, int leftEnd, String right, int j, int rightEnd) {
        int leftStart = afterZeros(left, i, leftEnd);
        int rightStart = afterZeros(right, j, rightEnd);
        int order = Integer.compare(leftEnd - leftStart, rightEnd - rightStart);
        for (int k = 0; order == 0 && k < leftEnd - leftStart; k++) {
            order = Character.compare(left.charAt(leftStart + k), right.charAt(rightStart + k));
        }
        return order;
    }

    private static int afterZeros(String text, int from, int to) {
        int at = from;
        while (at < to && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
