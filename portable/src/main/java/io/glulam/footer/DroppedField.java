package io.glulam.footer;

/**
 * A footer field that the new file does not carry on.
 *
 * @param thriftPath path without positions; a field that this version does not know by its id, such as
 *     {@code FileMetaData.row_groups[].columns[].42}
 * @param reason why, for people
 */
public record DroppedField(String thriftPath, String reason) {}
