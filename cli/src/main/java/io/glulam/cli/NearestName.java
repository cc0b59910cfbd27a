package io.glulam.cli;

import java.util.List;
import java.util.Optional;

/** Finds the command or option that a mistyped word was probably meant to be. */
final class NearestName {
    private NearestName() {}

    /**
     * Returns the name that begins with the word, or from which the fewest letters differ: at most a third of the word's.
     *
     * @param word what was typed; of an option with its value, the value counts for nothing
     * @param names of equally near ones, the first is returned
     */
    static Optional<String> of(String word, List<String> names) {
        String typed = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        String nearest = null;
        int least = Math.max(1, typed.length() / 3) + 1;
        for (String name : names) {
            int distance = !typed.isEmpty() && name.startsWith(typed) ? 0 : distance(typed, name);
            if (distance < least) {
                nearest = name;
                least = distance;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Returns how many letters were left out, added, replaced or swapped with the next one. */
    private static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0
                        ? i + j
                        : Math.min(
                                distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1),
                                1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    distances[i][j] = Math.min(distances[i][j], distances[i - 2][j - 2] + 1);
                }
            }
        }
        return distances[a.length()][b.length()];
    }
}
