package io.glulam.recode;

import io.glulam.format.Encoding;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.page.EncodedPage;
import io.glulam.page.PageBody;
import io.glulam.page.PageCounts;
import io.glulam.page.PageEncoder;
import io.glulam.statistics.PageSummary;

/**
 * A data page, not compressed yet. Begins with a row and holds whole rows.
 *
 * @param version 1 or 2; decides the form of the levels
 * @param counts at least one value and one row; nulls are values below the highest definition level
 * @param body belongs to the recoder and is valid during the call only
 * @param encoding of the values; levels are RLE
 * @param statistics exact, under the column's order; without bounds where NaN has no place in it and is among the values
 * @param sizes values per level, none for levels that the column does not have; bytes of BYTE_ARRAY values without lengths, -1
 *     for other types
 */
public record RecodedPage(
        int version, PageCounts counts, PageBody body, Encoding encoding, Statistics statistics, SizeStatistics sizes) {

    /** Returns the same page with another body, whose values are in that encoding. */
    public RecodedPage withBody(PageBody other, Encoding valueEncoding) {
        return new RecodedPage(version, counts, other, valueEncoding, statistics, sizes);
    }

    /** The page as it is written: compressed, with its header. */
    public EncodedPage encoded(PageEncoder encoder) {
        return encoder.dataPage(encoding.value(), counts, body);
    }

    /** Returns what the column index says of the page. */
    public PageSummary summary() {
        return new PageSummary(
                counts.values(),
                counts.nulls(),
                statistics.nanCount(),
                counts.nulls() == counts.values(),
                statistics.minValue(),
                statistics.maxValue(),
                sizes.repetitionLevels(),
                sizes.definitionLevels());
    }
}
