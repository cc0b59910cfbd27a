package io.glulam.recode;

import io.glulam.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * How recoded chunks are written.
 *
 * @param pageVersion 1 or 2
 * @param valueEncoding of pages without dictionary: one that the column's type has
 * @param dictionaryEncoding RLE_DICTIONARY or PLAIN_DICTIONARY, as the file says it; null to write no dictionary
 * @param maxDictionaryBytes most bytes of the dictionary in encoding PLAIN; the page with the value that would pass it,
 *     and later ones, go without
 * @param pageBytes size of a page's values, were they PLAIN, at which it ends with the row
 * @param pageRows rows at which a page ends; at least 1
 * @param expectedDistinct how many different values the chunk is expected to have: then it begins with a dictionary
 *     in any case; -1 if unknown: then the first page that has values decides whether a dictionary pays
 */
public record RecodeSettings(
        int pageVersion,
        Encoding valueEncoding,
        @Nullable Encoding dictionaryEncoding,
        int maxDictionaryBytes,
        int pageBytes,
        int pageRows,
        long expectedDistinct) {
    public RecodeSettings {
        if (pageVersion != 1 && pageVersion != 2) {
            throw new IllegalArgumentException("page version " + pageVersion);
        }
        if (valueEncoding.isDictionary() || dictionaryEncoding != null && !dictionaryEncoding.isDictionary()) {
            throw new IllegalArgumentException(valueEncoding + " and " + dictionaryEncoding + " in the wrong places");
        }
        if (maxDictionaryBytes < 0 || pageBytes < 1 || pageRows < 1 || expectedDistinct < -1) {
            throw new IllegalArgumentException("limits that no page can keep");
        }
    }

    /** Settings where nothing is known of the number of different values. */
    public RecodeSettings(
            int pageVersion,
            Encoding valueEncoding,
            @Nullable Encoding dictionaryEncoding,
            int maxDictionaryBytes,
            int pageBytes,
            int pageRows) {
        this(pageVersion, valueEncoding, dictionaryEncoding, maxDictionaryBytes, pageBytes, pageRows, -1);
    }
}
