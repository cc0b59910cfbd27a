package io.glulam.manifest;

import java.util.List;

/**
 * An output that is about to be published. It counts once it is there: its publishing is what commits.
 *
 * @param output that will appear
 * @param inputs as they are recorded once it is there
 */
public record Intent(RecordedOutput output, List<RecordedInput> inputs) {
    public Intent {
        inputs = List.copyOf(inputs);
    }
}
