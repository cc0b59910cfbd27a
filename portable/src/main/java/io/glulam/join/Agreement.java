package io.glulam.join;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterJoiner;
import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import io.glulam.schema.ColumnFit;
import io.glulam.schema.FileSchema;
import io.glulam.schema.SchemaMismatch;
import io.glulam.schema.SchemaRules;
import io.glulam.schema.SchemaUnion;
import io.glulam.statistics.WriterTrust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks that files agree so that one footer can speak for all of them, and makes that footer's header. Add the inputs in their
 * order, then ask for the {@link #form}. Memory does not grow with the number of inputs. Not thread-safe.
 */
public final class Agreement {
    /** Bytes of the different schemas that are held; the first may be longer. */
    private static final int MAX_SCHEMA_BYTES = 4 << 20;

    private final SchemaRules rules;
    private final MetadataAgreement metadata;
    private final WriterAgreement writers = new WriterAgreement();
    private final SeenDictionaries dictionaries = new SeenDictionaries();
    private @Nullable Input first;
    private @Nullable FileSchema firstSchema;
    private @Nullable Known known;
    private final List<FileSchema> seen = new ArrayList<>();
    private int version;

    /**
     * The schema of the output so far.
     *
     * @param leaves the leaf columns
     */
    private record Known(FileSchema schema, List<Leaf> leaves) {
        static Known of(FileSchema schema) {
            byte[] raw = schema.raw();
            return new Known(
                    schema, Schema.read(new ThriftReader(raw, 0, raw.length, 0)).leaves());
        }
    }

    /**
     * @param rules how schemas may differ
     * @param rule what becomes of key-value metadata that differs
     */
    public Agreement(SchemaRules rules, MetadataRule rule) {
        this.rules = rules;
        metadata = new MetadataAgreement(rule);
    }

    /**
     * Adds an input.
     *
     * @throws Unsupported if it cannot be in one file with the inputs before; the message names both files. The input is
     *     not added then
     */
    public void add(Input input, Footer footer) {
        FileSchema schema = schemaOf(footer);
        boolean isNew = seen.stream().noneMatch(schema::isSame);
        if (isNew) {
            requireRoom(schema, input);
        }
        Known before = known;
        Known after = before == null ? Known.of(schema) : before;
        List<ColumnFit> fits = asTheyAre(footer);
        boolean hasKnownSchema = before != null && Arrays.equals(before.schema().raw(), footer.rawSchema());
        if (before != null && !hasKnownSchema) {
            SchemaUnion union = SchemaUnion.of(before.schema(), schema, rules);
            after = Known.of(requireOneSchema(union, before.schema(), footer, input));
            fits = union.fits();
            requireAllFit(before.schema(), after.schema(), input);
        }
        metadata.require(input, footer);
        if (!hasKnownSchema || !writers.isAsBefore(footer)) {
            writers.add(input, footer, leaves(footer, after.leaves(), fits));
        }
        metadata.add(input, footer);
        dictionaries.note(footer, after.leaves(), fits);
        version = Math.max(version, footer.version());
        if (before == null) {
            first = input;
            firstSchema = after.schema();
        }
        known = after;
        if (isNew) {
            seen.add(schema);
        }
    }

    /** Different schemas are held, since each must fit whatever later inputs add. */
    private void requireRoom(FileSchema schema, Input input) {
        long bytes = schema.raw().length
                + seen.stream().mapToLong(other -> other.raw().length).sum();
        if (bytes > MAX_SCHEMA_BYTES && !seen.isEmpty()) {
            throw new Unsupported(
                    Place.of(input.name()),
                    "with it, the inputs have " + (seen.size() + 1) + " different schemas of " + bytes
                            + " bytes together, more than are held",
                    "merge fewer files into one");
        }
    }

    /** Refuses an input that would change where the columns of those before belong: one without field ids may. */
    private void requireAllFit(FileSchema before, FileSchema after, Input input) {
        if (before.isSame(after)) {
            return;
        }
        boolean allFit = seen.stream().allMatch(schema -> SchemaUnion.isFit(after, schema, rules));
        if (!allFit) {
            throw new Unsupported(
                    Place.of(input.name()),
                    "with its schema, those of the files from "
                            + Objects.requireNonNull(first).name() + " on do not fit together any more",
                    "merge files with and without field ids apart");
        }
    }

    static FileSchema schemaOf(Footer footer) {
        return new FileSchema(
                footer.rawSchema(), WriterTrust.of(footer.createdBy()).numbersFieldsByTable());
    }

    private static List<ColumnFit> asTheyAre(Footer footer) {
        return footer.schema().leaves().stream()
                .<ColumnFit>map(leaf -> new ColumnFit.AsIs(leaf.index()))
                .toList();
    }

    private FileSchema requireOneSchema(SchemaUnion union, FileSchema before, Footer footer, Input input) {
        SchemaMismatch mismatch = union.mismatch();
        if (mismatch != null) {
            boolean widens = SchemaUnion.of(before, schemaOf(footer), new SchemaRules(true))
                            .schema()
                    != null;
            throw new Unsupported(
                    Place.of(input.name()),
                    "its schema does not go together with that of "
                            + Objects.requireNonNull(first).name() + ": " + mismatch.here() + ", and there "
                            + mismatch.there(),
                    (widens ? Remedy.WIDER_TYPES : Remedy.OTHER_SCHEMAS).text());
        }
        return Objects.requireNonNull(union.schema());
    }

    /** The input's leaf columns by their paths in the output, but for those that it does not have. */
    static Map<List<String>, Leaf> leaves(Footer footer, List<Leaf> output, List<ColumnFit> fits) {
        Map<List<String>, Leaf> leaves = new LinkedHashMap<>();
        for (int i = 0; i < fits.size(); i++) {
            if (fits.get(i).hasValues()) {
                leaves.put(
                        output.get(i).path(),
                        footer.schema().leaves().get(fits.get(i).column()));
            }
        }
        return leaves;
    }

    /**
     * Returns the form of the joined file.
     *
     * @throws Unsupported if the inputs' writers cannot be mixed
     * @throws IllegalStateException if there is no input
     */
    public JoinedForm form() {
        Known output = known;
        if (output == null) {
            throw new IllegalStateException("there is no input");
        }
        byte[] raw = output.schema().raw();
        WriterAgreement.Chosen chosen =
                writers.choose(output.leaves().stream().map(Leaf::path).toList());
        FooterJoiner.Header header = new FooterJoiner.Header(
                version, raw, metadata.result(isFirstSchema()), chosen.createdBy(), chosen.columnOrders());
        return new JoinedForm(header, chosen.trust(), new UnionFits(output.schema(), rules), dictionaries.encodings());
    }

    private boolean isFirstSchema() {
        return firstSchema == null
                || known == null
                || Arrays.equals(firstSchema.raw(), known.schema().raw());
    }

    /** Returns the inputs' key-value metadata that the output does not get, each with the reason, for people. */
    public List<String> dropped() {
        return metadata.dropped(isFirstSchema());
    }
}
