package io.glulam.manifest;

import java.util.Locale;

/** Names of outputs below their folder: {@code dt=1/part-00000.parquet}. */
public final class OutputName {
    private static final String PREFIX = "part-";
    private static final String SUFFIX = ".parquet";

    private OutputName() {}

    /** Returns the name of a group's output by its number. */
    public static String of(String group, int index) {
        return (group.isEmpty() ? "" : group + "/") + String.format(Locale.ROOT, PREFIX + "%05d" + SUFFIX, index);
    }

    /** Returns the number in a name that {@link #of} made for this group; -1 for every other name. */
    public static int index(String group, String name) {
        String start = (group.isEmpty() ? "" : group + "/") + PREFIX;
        if (!name.startsWith(start) || !name.endsWith(SUFFIX)) {
            return -1;
        }
        int end = name.length() - SUFFIX.length();
        if (end <= start.length() || end - start.length() > 9) {
            return -1;
        }
        int index = 0;
        for (int i = start.length(); i < end; i++) {
            char digit = name.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            index = index * 10 + digit - '0';
        }
        return index;
    }

    /**
     * Returns a name that leads to a Parquet file below the folder.
     *
     * @throws IllegalArgumentException if it does not
     */
    static String checked(String name) {
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("an output's name leads out of the folder");
            }
        }
        if (!name.endsWith(SUFFIX) || name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("an output's name is not one that a merge gives");
        }
        return name;
    }
}
