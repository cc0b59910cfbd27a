package io.glulam.manifest;

import java.util.Collection;

/**
 * An output that is about to be published. It counts once it is there: its publishing is what commits.
 *
 * @param output that will appear
 * @param inputs as they are recorded once it is there
 */
public record Intent(RecordedOutput output, InputTable inputs) {
    /** An intent with some inputs. */
    public Intent(RecordedOutput output, Collection<RecordedInput> inputs) {
        this(output, InputTable.EMPTY.plus(inputs));
    }
}
