package io.glulam.arrow;

import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * The form of a leaf column in Arrow.
 *
 * @param type of the vector
 * @param width bytes that a value takes in the vector; of values of any length, what each takes beside its bytes
 * @param setter makes what writes values into a vector of that type
 */
record LeafForm(ArrowType type, int width, Function<FieldVector, ValueSetter> setter) {}
