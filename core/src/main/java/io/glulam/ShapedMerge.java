package io.glulam;

import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetShape;
import io.glulam.storage.ObjectRef;
import java.util.List;

/**
 * Files to be merged into one file of a given form. Immutable.
 *
 * @param inputs in the order of the output's rows
 * @param shape of the output
 * @param target where the output is published; nothing may be there
 */
public record ShapedMerge(List<ShapedInput> inputs, TargetShape shape, ObjectRef target) {
    public ShapedMerge {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("a merge needs an input");
        }
    }
}
