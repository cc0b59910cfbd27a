package io.glulam.plan;

import io.glulam.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a recoded column chunk are encoded.
 *
 * @param values the encoding of pages without dictionary: of all pages, or of those after a dictionary that grew over
 *     its cap
 * @param indices RLE_DICTIONARY or PLAIN_DICTIONARY to begin with a dictionary; null for none
 */
public record Recoding(Encoding values, @Nullable Encoding indices) {
    public Recoding {
        if (values.isDictionary() || indices != null && !indices.isDictionary()) {
            throw new IllegalArgumentException(values + " and " + indices + " in the wrong places");
        }
    }

    /** Returns the encoding that the pages should have: that of the indices if there is one. */
    public Encoding main() {
        return indices == null ? values : indices;
    }
}
