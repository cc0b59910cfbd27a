package io.glulam;

/**
 * The layout of a file, by its footer.
 *
 * @param shape its size and row groups
 * @param pageIndexes whether the first column chunk has an offset index; writers give one to all chunks or to none
 * @param compactable whether a compaction would merge any row groups, as far as the footer tells
 * @param rowGroupsAfter row groups that a compaction would leave, as far as the footer tells
 */
public record Inspection(FileShape shape, boolean pageIndexes, boolean compactable, int rowGroupsAfter) {}
