package io.glulam.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An ability that some stores of a kind have and others lack. */
public enum StoreAbility {
    /** A part of a new object can be a range of another object. */
    PART_COPY,
    /** Copying a part can depend on the version of its source. */
    CONDITIONAL_SOURCE,
    /** Parts of one object may differ in size. */
    FREE_PARTS,
    /** Publishing can depend on the version that it replaces. */
    CONDITIONAL_PUBLISH,
    /** The last bytes of an object can be read without knowing its size. */
    SUFFIX_RANGES;

    /** Returns the ability as people write it: {@code part-copy}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the ability of a {@link #word}.
     *
     * @throws IllegalArgumentException with a sentence for people, if there is none
     */
    public static StoreAbility parse(String word) {
        for (StoreAbility ability : values()) {
            if (ability.word().equals(word)) {
                return ability;
            }
        }
        String known = Arrays.stream(values()).map(StoreAbility::word).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + word + "' is none of " + known);
    }
}
