package io.glulam.testkit.read;

/**
 * A data page, decoded. Both level arrays have one number per value, nulls included, and are all zero where the
 * column's maximum level is 0.
 *
 * @param values one per level that equals the maximum definition level
 */
public record DecodedPage(PageInfo info, int[] repetitionLevels, int[] definitionLevels, Values values) {}
