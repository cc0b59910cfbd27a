package io.glulam.tables;

/**
 * How the row groups of the files were judged.
 *
 * @param judged number of files that the table's metadata sufficed for
 * @param sampled number of files of which footers were read
 * @param unread number of files that metadata could not decide and that were beyond the limit of footers
 * @param rowGroups number of row groups that are known
 * @param fragments number of them that are smaller than a healthy one
 */
public record RowGroupJudgment(int judged, int sampled, int unread, long rowGroups, long fragments) {}
