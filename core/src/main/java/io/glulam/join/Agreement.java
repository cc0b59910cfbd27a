package io.glulam.join;

import io.glulam.compare.Difference;
import io.glulam.compare.SchemaComparison;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
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
    private @Nullable Footer firstFooter;
    private int version;

    public Agreement(MetadataRule rule) {
        metadata = new MetadataAgreement(rule);
    }

    /**
     * Adds an input.
     *
     * @throws Unsupported if it cannot be in one file with the inputs before; the message names both files
     */
    public void add(Input input, Footer footer) {
        if (first == null) {
            first = input;
            firstFooter = footer;
        } else {
            requireSameSchema(first, Objects.requireNonNull(firstFooter), input, footer);
        }
        version = Math.max(version, footer.version());
        writers.add(input, footer);
        metadata.add(input, footer);
    }

    private static void requireSameSchema(Input known, Footer knownFooter, Input input, Footer footer) {
        boolean sameBytes = Arrays.equals(
                knownFooter.bytes(),
                knownFooter.schemaSpan().from(),
                knownFooter.schemaSpan().to(),
                footer.bytes(),
                footer.schemaSpan().from(),
                footer.schemaSpan().to());
        if (sameBytes) {
            return;
        }
        Optional<Difference> difference = SchemaComparison.firstDifference(footer, knownFooter);
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
        Footer schema = firstFooter;
        if (schema == null) {
            throw new IllegalStateException("there is no input");
        }
        WriterAgreement.Chosen chosen = writers.choose();
        return new FooterJoiner.Header(
                version, schema.rawSchema(), metadata.result(), chosen.createdBy(), chosen.columnOrders());
    }

    /** What the output does not get of the inputs' key-value metadata, each with the reason, for people. */
    public List<String> dropped() {
        return metadata.dropped();
    }
}
