package io.glulam.schema;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The schema of an output, and how the columns of one file fit into it. Fields are the same by field id if all fields of
 * both files have one, else by path. The output has names, order and annotations of the files before; fields that only
 * the file has come last in their group. Immutable.
 *
 * @param schema of the output; null if the schemas do not go together
 * @param fits how the file provides each leaf column of the output; empty if the schemas do not go together
 * @param mismatch why the schemas do not go together; null if they do
 */
public record SchemaUnion(
        @Nullable FileSchema schema,
        List<ColumnFit> fits,
        @Nullable SchemaMismatch mismatch) {

    /**
     * Adds a file's schema.
     *
     * @param before the schema of the files before
     * @throws io.glulam.error.CorruptFile if a schema cannot be read
     */
    public static SchemaUnion of(FileSchema before, FileSchema file, SchemaRules rules) {
        Element there = Element.read(before.raw());
        Element here = Element.read(file.raw());
        SchemaMerger merger = new SchemaMerger(
                rules,
                before.trustsFieldIds() && file.trustsFieldIds(),
                FieldIds.areComplete(there) && FieldIds.areComplete(here));
        try {
            Element merged = merger.merge(there, here);
            boolean idsTrusted = before.trustsFieldIds() && file.trustsFieldIds();
            return new SchemaUnion(new FileSchema(merged.write(), idsTrusted), merger.fits(), null);
        } catch (MismatchFound found) {
            return new SchemaUnion(null, List.of(), found.mismatch());
        }
    }

    /**
     * Returns how a file provides each leaf column of an output.
     *
     * @param output made of the schemas of several files, of which this is one
     * @throws IllegalArgumentException if the file's schema does not fit
     */
    public static List<ColumnFit> fits(FileSchema output, FileSchema file, SchemaRules rules) {
        if (Arrays.equals(output.raw(), file.raw())) {
            return asTheyAre(Element.read(file.raw()).leafCount());
        }
        SchemaUnion union = of(output, file, rules);
        if (union.schema() == null || !Arrays.equals(union.schema().raw(), output.raw())) {
            throw new IllegalArgumentException("a schema that does not fit");
        }
        return union.fits();
    }

    /** Whether {@link #fits} finds a place for each column of the file. */
    public static boolean isFit(FileSchema output, FileSchema file, SchemaRules rules) {
        SchemaUnion union = of(output, file, rules);
        return Arrays.equals(output.raw(), file.raw())
                || union.schema() != null && Arrays.equals(union.schema().raw(), output.raw());
    }

    private static List<ColumnFit> asTheyAre(int leaves) {
        return IntStream.range(0, leaves)
                .<ColumnFit>mapToObj(ColumnFit.AsIs::new)
                .toList();
    }
}
