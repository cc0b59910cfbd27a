package io.glulam.join;

import io.glulam.compare.Difference;
import io.glulam.compare.SchemaComparison;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.format.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What files must agree on so that one footer can speak for all of them, and that footer's header. Add the inputs in their
 * order, then ask for the {@link #header}. Memory does not grow with the number of inputs. Not thread-safe.
 */
public final class Agreement {
    private final MetadataAgreement metadata;
    private final WriterAgreement writers = new WriterAgreement();
    private @Nullable Input first;
    private @Nullable Schema schema;
    private byte[] rawSchema = {};
    private int version;

    public Agreement(MetadataRule rule) {
        metadata = new MetadataAgreement(rule);
    }

    /**
     * Adds an input.
     *
     * @throws Unsupported if it cannot be in one file with the inputs before; the message names both files. The input is
     *     not added then
     */
    public void add(Input input, Footer footer) {
        if (first == null) {
            first = input;
            schema = footer.schema();
            rawSchema = footer.rawSchema();
        } else {
            requireSameSchema(first, Objects.requireNonNull(schema), input, footer);
        }
        metadata.require(input, footer);
        writers.add(input, footer);
        metadata.add(input, footer);
        version = Math.max(version, footer.version());
    }

    private void requireSameSchema(Input known, Schema knownSchema, Input input, Footer footer) {
        if (Arrays.equals(rawSchema, footer.rawSchema())) {
            return;
        }
        Optional<Difference> difference = SchemaComparison.firstDifference(footer, knownSchema, rawSchema);
        if (difference.isPresent()) {
            throw new Unsupported(
                    Place.of(input.name()),
                    "its schema is not that of " + known.name() + ": "
                            + difference.get().left() + ", and there "
                            + difference.get().right(),
                    "merge files of the same schema");
        }
    }

    /**
     * What the output's footer says besides its row groups.
     *
     * @throws Unsupported if the inputs' writers cannot be mixed
     * @throws IllegalStateException if there is no input
     */
    public FooterJoiner.Header header() {
        if (schema == null) {
            throw new IllegalStateException("there is no input");
        }
        WriterAgreement.Chosen chosen = writers.choose();
        return new FooterJoiner.Header(
                version, rawSchema, metadata.result(), chosen.createdBy(), chosen.columnOrders());
    }

    /** What the output does not get of the inputs' key-value metadata, each with the reason, for people. */
    public List<String> dropped() {
        return metadata.dropped();
    }
}
