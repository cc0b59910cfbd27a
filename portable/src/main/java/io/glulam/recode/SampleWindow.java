package io.glulam.recode;

import io.glulam.format.Encoding;
import java.util.Map;

/**
 * One window of a column's values, and what it would take.
 *
 * @param values nulls included
 * @param nulls values below the highest definition level
 * @param rows rows, all of them whole
 * @param plainBytes of the values in encoding PLAIN, without levels
 * @param distinct different values in this window; NaNs and zeroes by their bits
 * @param newDistinct how many of those no earlier window holds
 * @param sizes data pages of the window in each encoding asked for, without dictionary
 */
public record SampleWindow(
        long values,
        long nulls,
        long rows,
        long plainBytes,
        int distinct,
        int newDistinct,
        Map<Encoding, EncodedSize> sizes) {
    public SampleWindow {
        sizes = Map.copyOf(sizes);
    }
}
