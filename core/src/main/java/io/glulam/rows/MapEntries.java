package io.glulam.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a map, in the file's order.
 *
 * @param keys as the file has them: the specification forbids nulls, and does not forbid that two are equal
 * @param values one for each key
 */
public record MapEntries(List<@Nullable Object> keys, List<@Nullable Object> values) {}
