package io.glulam.execute;

import io.glulam.format.Encoding;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Recoding;
import io.glulam.plan.Sample;
import io.glulam.plan.Settings;
import io.glulam.splice.SurveyedColumn;
import java.util.Objects;

/**
 * Bytes of the heap that recoding a column takes, by its pages and what is expected of its dictionary: measured, with
 * something to spare.
 *
 * @param making while it is recoded and checked
 * @param holding from then until it is written
 */
record RecodeMemory(long making, long holding) {
    private static final long MEBIBYTE = 1 << 20;

    /** Batches, levels, statistics, headers, and the small change of everything. */
    private static final long FIXED = 2 * MEBIBYTE;

    /**
     * Bytes of the heap that all columns recoded ahead of their turn may take at once: what buffers, footers, surveys and
     * indexes leave.
     */
    static long bytesAhead(long bufferBytes) {
        return bufferBytes / 2 * 3;
    }

    static RecodeMemory of(SurveyedColumn column, ColumnPlan plan, Settings settings) {
        long dictionary = dictionaryBytes(column, plan, settings);
        long bounds = column.boundBytes();
        long making = FIXED
                + bounds
                + part(longestPage(column), 2, 3)
                + part(pageBytes(column, settings), 3, 5)
                + part(dictionary, 5, 8);
        return new RecodeMemory(making, Math.min(making, spooledBytes(plan) + dictionary + bounds));
    }

    /** So many times the bytes of a page or dictionary, and more often what is beyond a mebibyte: arrays grow by doubling. */
    private static long part(long bytes, int usual, int beyond) {
        return usual * Math.min(bytes, MEBIBYTE) + beyond * Math.max(0, bytes - MEBIBYTE);
    }

    /** Returns the bytes that are spooled in memory; hardly more than a description of the pages where they are expected not to fit. */
    private static long spooledBytes(ColumnPlan plan) {
        long most = RecodedColumn.SPOOL_MEMORY;
        return plan.expectedBytes() > most + most / 2 ? most / 4 : 2 * most;
    }

    /** Of the source, unpacked. */
    private static long longestPage(SurveyedColumn column) {
        long longest = 0;
        for (int page = 0; page < column.pageCount(); page++) {
            longest = Math.max(longest, column.length(page));
        }
        return longest;
    }

    /** Of the result: as many values as a page may have, or as many bytes. */
    private static long pageBytes(SurveyedColumn column, Settings settings) {
        double each = valueBytes(column);
        return each < 0 ? settings.pageBytes() : (long) Math.min(settings.pageBytes(), each * settings.pageRows());
    }

    /** Somewhat more than the sample expects; the cap where there is none, or where it does not tell how long values are. */
    private static long dictionaryBytes(SurveyedColumn column, ColumnPlan plan, Settings settings) {
        Recoding recoding = Objects.requireNonNull(plan.recoding());
        if (recoding.indices() == null) {
            return 0;
        }
        long cap = settings.recodedDictionaryBytes(column.leaf().valueWidth());
        Sample sample = plan.sample();
        double each = valueBytes(column);
        if (sample == null || sample.distinct() < 0 || each < 0) {
            return cap;
        }
        return (long) Math.min((double) cap, 1.25 * each * sample.distinct());
    }

    /** Returns the average bytes of a value in encoding PLAIN; -1 if the pages do not tell. */
    private static double valueBytes(SurveyedColumn column) {
        int width = column.leaf().valueWidth();
        if (width >= 0) {
            return width;
        }
        long bytes = 0;
        long values = 0;
        for (int page = 0; page < column.pageCount(); page++) {
            if (Encoding.isDictionary(column.encoding(page))) {
                return -1;
            }
            bytes += column.length(page);
            values += column.valueCount(page);
        }
        return Integer.BYTES + bytes / Math.max(1.0, (double) values);
    }
}
