package io.glulam.join;

import io.glulam.adapt.CutPages;
import java.util.List;

/**
 * A joined object, and what became of its inputs.
 *
 * @param reader of the object
 * @param dropped what it does not carry on of the inputs, for people
 * @param cutPages counts of pages of columns in which rows are deleted
 */
public record Joined(JoinedReader reader, List<String> dropped, CutPages cutPages) {}
