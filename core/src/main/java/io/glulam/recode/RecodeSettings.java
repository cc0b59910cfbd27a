package io.glulam.recode;

import io.glulam.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * How recoded chunks are written.
 *
 * @param pageVersion 1 or 2
 * @param valueEncoding of pages without dictionary: one that the column's type has
 * @param dictionaryEncoding RLE_DICTIONARY or PLAIN_DICTIONARY, as the file says it; null to write no dictionary
 * @param maxDictionaryBytes when the dictionary's PLAIN size passes it, later values go without
 * @param pageBytes uncompressed size of values at which a page ends, with the row
 * @param pageRows rows at which a page ends; at least 1
 */
public record RecodeSettings(
        int pageVersion,
        Encoding valueEncoding,
        @Nullable Encoding dictionaryEncoding,
        int maxDictionaryBytes,
        int pageBytes,
        int pageRows) {
    public RecodeSettings {
        if (pageVersion != 1 && pageVersion != 2) {
            throw new IllegalArgumentException("page version " + pageVersion);
        }
        if (valueEncoding.isDictionary() || dictionaryEncoding != null && !dictionaryEncoding.isDictionary()) {
            throw new IllegalArgumentException(valueEncoding + " and " + dictionaryEncoding + " in the wrong places");
        }
        if (maxDictionaryBytes < 0 || pageBytes < 1 || pageRows < 1) {
            throw new IllegalArgumentException("limits that no page can keep");
        }
    }
}
