package io.glulam.merge;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.join.Agreement;
import io.glulam.join.Input;
import io.glulam.join.MetadataRule;
import io.glulam.join.Slice;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the footers of inputs, one after the other: pins each input's version and checks it against those before. Holds one
 * footer at a time, and of each input only what packing needs. For one merge; not thread-safe.
 */
public final class InputScanner {
    private final long memoryBytes;
    private final long maxFileBytes;
    private final Agreement agreement;
    private final List<ScannedInput> inputs = new ArrayList<>();

    /**
     * @param metadata what becomes of key-value metadata that differs
     * @param memoryBytes what buffers may take; longer footers are read through windows
     * @param maxFileBytes compressed bytes of an output; {@link Long#MAX_VALUE} for one output
     */
    public InputScanner(MetadataRule metadata, long memoryBytes, long maxFileBytes) {
        this.memoryBytes = memoryBytes;
        this.maxFileBytes = maxFileBytes;
        this.agreement = new Agreement(metadata);
    }

    /**
     * Reads the next input's footer.
     *
     * @throws io.glulam.error.CorruptFile if it is no Parquet file
     * @throws io.glulam.error.Unsupported if it cannot be in one file with the inputs before
     */
    public void scan(StoredObject object) {
        try (RangeReader reader = object.store().open(object.key())) {
            Footer footer = FooterReader.read(reader, memoryBytes);
            Input input = new Input(object, reader.size(), reader.version());
            agreement.add(input, footer);
            inputs.add(ScannedInput.of(input, footer, maxFileBytes));
        } catch (GlulamException failure) {
            throw failure.within(Place.of(object.name()));
        }
    }

    /** The inputs scanned so far. */
    public List<ScannedInput> inputs() {
        return List.copyOf(inputs);
    }

    /** What they agree on. */
    public Agreement agreement() {
        return agreement;
    }

    /** What each output takes, in the order of the rows. */
    public List<List<Slice>> outputs() {
        return OutputPacking.pack(inputs, maxFileBytes);
    }
}
