package io.glulam.recode;

import io.glulam.format.Encoding;
import io.glulam.format.Statistics;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageEncoder;
import io.glulam.statistics.PageSummary;

/**
 * A data page, not compressed yet. Begins with a row and holds whole rows.
 *
 * @param version 1 or 2; decides the form of the levels
 * @param valueCount nulls included; at least 1
 * @param rowCount at least 1
 * @param nullCount values below the highest definition level
 * @param body repetition levels, definition levels, values: what a page of that version holds, in one piece; belongs to
 *     the recoder and is valid during the call only
 * @param length bytes of {@code body} that count
 * @param repetitionLevelBytes first part of the body; version 1: with length prefix
 * @param definitionLevelBytes second part of the body; version 1: with length prefix
 * @param encoding of the values; levels are RLE
 * @param statistics exact, under the column's order; without bounds where NaN has no place in it and is among the values
 * @param repetitionLevels values per level; empty if the column is not repeated
 * @param definitionLevels values per level; empty if the column is required throughout
 * @param unencodedBytes of BYTE_ARRAY values, without lengths; -1 for other types
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecodedPage(
        int version,
        int valueCount,
        int rowCount,
        int nullCount,
        byte[] body,
        int length,
        int repetitionLevelBytes,
        int definitionLevelBytes,
        Encoding encoding,
        Statistics statistics,
        long[] repetitionLevels,
        long[] definitionLevels,
        long unencodedBytes) {

    /** The page as it is written: compressed, with its header. */
    public EncodedPage encoded(PageEncoder encoder) {
        return encoder.dataPage(
                encoding.value(),
                valueCount,
                rowCount,
                nullCount,
                body,
                length,
                repetitionLevelBytes,
                definitionLevelBytes);
    }

    /** Returns what the column index says of the page. */
    public PageSummary summary() {
        return new PageSummary(
                valueCount,
                nullCount,
                statistics.nanCount(),
                nullCount == valueCount,
                statistics.minValue(),
                statistics.maxValue(),
                repetitionLevels,
                definitionLevels);
    }
}
