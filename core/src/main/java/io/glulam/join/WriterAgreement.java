package io.glulam.join;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.statistics.WriterDialect;
import io.glulam.statistics.WriterFamily;
import io.glulam.statistics.WriterFault;
import io.glulam.statistics.WriterTrust;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose name, and which column orders, an output of several writers carries. Readers judge all bytes of a file by its
 * {@code created_by}: the name is that of a writer that is trusted with no more than any of the others, so that nothing is
 * trusted newly because it moved into another file. Where there is no such writer, the files are refused. Not thread-safe.
 */
final class WriterAgreement {
    private final Map<Kind, Writer> writers = new LinkedHashMap<>();

    /** Inputs of one kind are trusted alike. */
    private record Kind(WriterFamily family, Set<WriterFault> faults, WriterDialect dialect, String columnOrders) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Writer(
            Input example,
            WriterTrust trust,
            List<Leaf> leaves,
            boolean ordersDeclared,
            byte @Nullable [] createdBy,
            byte @Nullable [] columnOrders) {}

    /**
     * What the output carries.
     *
     * @param createdBy serialized; null for none
     * @param columnOrders serialized; null for none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Chosen(byte @Nullable [] createdBy, byte @Nullable [] columnOrders) {}

    /**
     * Adds an input, whose leaf columns are those of the inputs before.
     *
     * @throws Unsupported if no name could stand for all writers then; the input is not added
     */
    void add(Input input, Footer footer) {
        WriterTrust trust = WriterTrust.of(footer.createdBy());
        byte[] orders = footer.rawColumnOrders();
        Kind kind = new Kind(
                trust.family(), trust.faults(), trust.dialect(), orders == null ? "" : Arrays.toString(orders));
        if (writers.containsKey(kind)) {
            return;
        }
        writers.put(
                kind,
                new Writer(
                        input,
                        trust,
                        footer.schema().leaves(),
                        footer.schema().columnOrdersDeclared(),
                        footer.rawCreatedBy(),
                        orders));
        try {
            choose();
        } catch (Unsupported refused) {
            writers.remove(kind);
            throw refused;
        }
    }

    /** @throws Unsupported if no name can stand for all writers */
    Chosen choose() {
        Writer first = writers.values().iterator().next();
        boolean declared = true;
        for (Writer writer : writers.values()) {
            requireSameOrders(first, writer);
            declared &= writer.ordersDeclared();
        }
        byte[] orders = declared ? first.columnOrders() : null;
        Unsupported refusal = null;
        for (Writer candidate : writers.values()) {
            Unsupported problem = problem(candidate, declared);
            if (problem == null) {
                return new Chosen(candidate.createdBy(), orders);
            }
            refusal = refusal == null ? problem : refusal;
        }
        throw Objects.requireNonNull(refusal);
    }

    private static void requireSameOrders(Writer first, Writer other) {
        for (Leaf leaf : first.leaves()) {
            if (other.leaves().get(leaf.index()).order() != leaf.order()) {
                throw refused(
                        other,
                        first,
                        leaf,
                        "column order (" + other.leaves().get(leaf.index()).order() + ")");
            }
        }
    }

    private @Nullable Unsupported problem(Writer candidate, boolean declared) {
        for (Writer other : writers.values()) {
            Unsupported problem = problem(candidate, other, declared);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** Why the candidate's name cannot stand for pages and bounds of the other; null if it can. */
    private static @Nullable Unsupported problem(Writer candidate, Writer other, boolean declared) {
        WriterTrust trust = candidate.trust();
        WriterTrust others = other.trust();
        for (Leaf leaf : candidate.leaves()) {
            if (trust.trustsBounds(leaf, declared) && !others.trustsBounds(leaf, other.ordersDeclared())
                    || trust.trustsDeprecatedBounds(leaf) && !others.trustsDeprecatedBounds(leaf)) {
                return refused(other, candidate, leaf, "minimum and maximum");
            }
            boolean binary = leaf.type() == PhysicalType.BYTE_ARRAY || leaf.type() == PhysicalType.FIXED_LEN_BYTE_ARRAY;
            int delta = Encoding.DELTA_BYTE_ARRAY.value();
            if (binary && trust.trustsPagesOf(delta) && !others.trustsPagesOf(delta)) {
                return refused(other, candidate, leaf, "DELTA_BYTE_ARRAY pages");
            }
            if (leaf.type() == PhysicalType.INT96
                    && (trust.family() != others.family()
                            || trust.dialect().int96AsParquetMr()
                                    != others.dialect().int96AsParquetMr())) {
                return refused(other, candidate, leaf, "INT96 timestamps");
            }
        }
        return pagesProblem(candidate, other);
    }

    private static @Nullable Unsupported pagesProblem(Writer candidate, Writer other) {
        WriterDialect dialect = candidate.trust().dialect();
        WriterDialect others = other.trust().dialect();
        if (candidate.trust().trustsChunkSizes() && !other.trust().trustsChunkSizes()) {
            return refused(other, candidate, null, "sizes of column chunks");
        }
        if (dialect.alwaysCompressedV2() != others.alwaysCompressedV2()) {
            return refused(other, candidate, null, "data pages of version 2");
        }
        if (dialect.singleBitPackedRunForByteWidths() && !others.singleBitPackedRunForByteWidths()
                || dialect.singleRunLevelsWithoutNulls() && !others.singleRunLevelsWithoutNulls()) {
            return refused(other, candidate, null, "run-length encoded pages");
        }
        return null;
    }

    private static Unsupported refused(Writer other, Writer candidate, @Nullable Leaf leaf, String what) {
        return new Unsupported(
                new Place(other.example().name(), -1, leaf == null ? null : leaf.name(), -1),
                "readers take its " + what + " otherwise than those of "
                        + candidate.example().name() + ", going by created_by " + name(other) + " and "
                        + name(candidate),
                "merge the files of each writer apart");
    }

    private static String name(Writer writer) {
        String name = writer.trust().createdBy();
        return name == null || name.isEmpty() ? "(none)" : "\"" + name + "\"";
    }
}
