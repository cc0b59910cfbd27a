package io.glulam.merge;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.footer.KnownSchema;
import io.glulam.join.Agreement;
import io.glulam.join.Input;
import io.glulam.join.MetadataRule;
import io.glulam.schema.SchemaRules;
import io.glulam.storage.RangeReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the footers of inputs, one after the other: pins each input's version and puts it into a group of inputs that can
 * be in one file. Holds one footer at a time, and of each input only what packing needs. For one merge; not thread-safe.
 */
public final class InputScanner {
    private final Limits limits;
    private final SchemaRules schemas;
    private final MetadataRule metadata;
    private final boolean mismatchesGroup;
    private final KnownSchema known = new KnownSchema();
    private final Map<String, List<InputGroup>> groups = new LinkedHashMap<>();

    /**
     * The sizes by which inputs are measured.
     *
     * @param memoryBytes what buffers may take; longer footers are read through windows
     * @param maxFileBytes compressed bytes of an output; {@link Long#MAX_VALUE} for one output
     * @param threshold gives, for a file of a size, the compressed bytes under which a row group is a fragment
     * @param minimumOf path, with dots, of the leaf column by whose minimum inputs are ordered; null to keep their order
     */
    public record Limits(
            long memoryBytes,
            long maxFileBytes,
            LongUnaryOperator threshold,
            @Nullable String minimumOf) {}

    /**
     * @param schemas how the schemas of a group may differ
     * @param metadata what becomes of key-value metadata that differs
     * @param mismatchesGroup whether an input that does not go with those before gets a group of its own, instead of being
     *     refused
     */
    public InputScanner(Limits limits, SchemaRules schemas, MetadataRule metadata, boolean mismatchesGroup) {
        this.limits = limits;
        this.schemas = schemas;
        this.metadata = metadata;
        this.mismatchesGroup = mismatchesGroup;
    }

    /**
     * Reads the next input's footer.
     *
     * @param group of the inputs that it may be in one file with
     * @param reader of the input, which stays open
     * @param done how many of its row groups are left out, from the first one on
     * @throws io.glulam.error.CorruptFile if it is no Parquet file
     * @throws Unsupported if it cannot be in one file with the inputs of its group before
     */
    public void scan(String group, Input input, RangeReader reader, int done) {
        try {
            Footer footer = FooterReader.read(reader, limits.memoryBytes(), known);
            long threshold = limits.threshold().applyAsLong(reader.size());
            ScannedInput scanned = ScannedInput.of(input, footer, threshold, limits.maxFileBytes(), done);
            String column = limits.minimumOf();
            @Nullable ColumnRange range = column == null ? null : ColumnRange.of(footer, input.name(), column);
            group(group, input, footer).add(scanned, range);
        } catch (GlulamException failure) {
            throw failure.within(Place.of(input.name()));
        }
    }

    private InputGroup group(String name, Input input, Footer footer) {
        List<InputGroup> known = groups.computeIfAbsent(name, absent -> new ArrayList<>());
        for (InputGroup group : known) {
            try {
                group.agreement().add(input, footer);
                return group;
            } catch (Unsupported mismatch) {
                if (!mismatchesGroup) {
                    throw mismatch;
                }
            }
        }
        InputGroup fresh = new InputGroup(name, new Agreement(schemas, metadata));
        fresh.agreement().add(input, footer);
        known.add(fresh);
        return fresh;
    }

    /** The groups, in the order of their first inputs; those of one name together. Their inputs are in order. */
    public List<InputGroup> groups() {
        if (limits.minimumOf() != null) {
            groups.values().forEach(named -> named.forEach(InputGroup::sortByMinimum));
        }
        return groups.values().stream().flatMap(List::stream).toList();
    }
}
