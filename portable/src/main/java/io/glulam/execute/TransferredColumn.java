package io.glulam.execute;

import io.glulam.page.PageForm;
import io.glulam.plan.RowGroups;
import io.glulam.plan.Tier;
import io.glulam.splice.OutputPages;
import io.glulam.splice.PageRows;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.StatedBounds;
import io.glulam.splice.SurveyedColumn;

/**
 * A surveyed column of a merged row group, and what its transfer goes by.
 *
 * @param sources the row groups that are merged
 * @param column as surveyed
 * @param tier Join, Remap or Coalesce
 * @param claims what may be believed of what the source tells of it
 * @param bounds that are held against the dictionary entries that pages use
 * @param form of pages that are made
 * @param pages which source pages make which output page
 * @param rows that are counted of each source page
 */
record TransferredColumn(
        RowGroups sources,
        SurveyedColumn column,
        Tier tier,
        MergedClaims claims,
        StatedBounds bounds,
        PageForm form,
        OutputPages pages,
        PageRows rows) {

    /** Reads page indexes, and the levels of pages that are said to hold only nulls. */
    static TransferredColumn of(ExecutionContext run, RowGroups sources, SurveyedColumn column, Tier tier) {
        MergedClaims claims = new MergedClaims(column);
        return new TransferredColumn(
                sources,
                column,
                tier,
                claims,
                claims.pages().statedBounds(),
                column.form(run.settings().compression()),
                OutputPages.of(column, tier, run.settings()),
                new PageRows(column));
    }

    /** Returns rows, nulls and bounds of the source pages. */
    PageSummaries summaries() {
        return claims.pages();
    }

    /** Thrift value of the chunk's codec. */
    int codec() {
        return tier == Tier.JOIN ? column.codec() : form.codec().ordinal();
    }
}
