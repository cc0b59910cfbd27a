package io.glulam.join;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.statistics.WriterDialect;
import io.glulam.statistics.WriterFamily;
import io.glulam.statistics.WriterFault;
import io.glulam.statistics.WriterTrust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose name, and which column orders, an output of several writers carries. Readers judge all bytes of a file by its
 * {@code created_by}, and nothing may be trusted newly because it moved into another file. So the name is that of a writer
 * that is trusted with no more than any of the others. Where there is none, it is the first under which every page is read
 * as before; {@link NewTrust} tells what else of the others has to be left out then. Only files of which no name would have
 * all pages read as before are refused. Not thread-safe.
 */
final class WriterAgreement {
    /** A serialized {@code ColumnOrder.TYPE_ORDER}, for columns that no input has. */
    private static final byte[] TYPE_ORDER = {0x1c, 0, 0};

    private final Map<Kind, Writer> writers = new LinkedHashMap<>();
    private @Nullable Declared last;

    /** Inputs of one kind are trusted alike. */
    private record Kind(
            WriterFamily family,
            Set<WriterFault> faults,
            WriterDialect dialect,
            List<SortOrder> columnOrders,
            List<Integer> declaredOrders,
            Set<List<String>> columns) {}

    /** The writer as a footer tells it, serialized. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Declared(byte[] schema, byte @Nullable [] createdBy, byte @Nullable [] columnOrders) {
        static Declared of(Footer footer) {
            return new Declared(footer.rawSchema(), footer.rawCreatedBy(), footer.rawColumnOrders());
        }

        boolean isSame(@Nullable Declared other) {
            return other != null
                    && Arrays.equals(createdBy, other.createdBy)
                    && Arrays.equals(columnOrders, other.columnOrders)
                    && Arrays.equals(schema, other.schema);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Writer(
            Input example,
            WriterTrust trust,
            Map<List<String>, Leaf> leaves,
            byte @Nullable [] createdBy,
            @Nullable List<byte[]> columnOrders) {}

    /**
     * The writer and the trust that the output carries.
     *
     * @param trust what readers will take for granted
     * @param createdBy serialized; null for none
     * @param columnOrders serialized; null for none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Chosen(WriterTrust trust, byte @Nullable [] createdBy, byte @Nullable [] columnOrders) {}

    /**
     * Whether the input that was added last had the same writer, column orders and schema; this one need not be added then,
     * unless the output's schema has changed since.
     */
    boolean isAsBefore(Footer footer) {
        return Declared.of(footer).isSame(last);
    }

    /**
     * Adds an input.
     *
     * @param leaves its leaf columns by their paths in the output
     * @throws Unsupported if no name could stand for all writers then; the input is not added
     */
    void add(Input input, Footer footer, Map<List<String>, Leaf> leaves) {
        WriterTrust trust = NewTrust.of(footer);
        byte[] raw = footer.rawColumnOrders();
        List<byte[]> orders = raw == null ? null : elements(raw);
        Kind kind = new Kind(
                trust.family(),
                trust.faults(),
                trust.dialect(),
                orders == null ? List.of() : orders(leaves),
                orders == null ? List.of() : declared(orders, leaves),
                leaves.keySet());
        if (writers.containsKey(kind)) {
            last = Declared.of(footer);
            return;
        }
        writers.put(kind, new Writer(input, trust, leaves, footer.rawCreatedBy(), orders));
        try {
            choose(List.of());
        } catch (Unsupported refused) {
            writers.remove(kind);
            throw refused;
        }
        last = Declared.of(footer);
    }

    /**
     * Chooses.
     *
     * @param columns paths of the output's leaf columns, in order
     * @throws Unsupported if no name can stand for all writers
     */
    Chosen choose(List<List<String>> columns) {
        boolean declared =
                writers.values().stream().allMatch(writer -> writer.trust().columnOrdersDeclared());
        requireSameOrders();
        Writer writer = leastTrusted(declared);
        WriterTrust trust = WriterTrust.of(writer.trust().createdBy(), declared);
        return new Chosen(trust, writer.createdBy(), declared ? columnOrders(columns) : null);
    }

    private Writer leastTrusted(boolean declared) {
        Unsupported refusal = null;
        for (Writer candidate : writers.values()) {
            if (writers.values().stream().noneMatch(other -> isTrustedNewly(candidate, other, declared))
                    && problem(candidate) == null) {
                return candidate;
            }
        }
        for (Writer candidate : writers.values()) {
            Unsupported problem = problem(candidate);
            if (problem == null) {
                return candidate;
            }
            refusal = refusal == null ? problem : refusal;
        }
        throw Objects.requireNonNull(refusal);
    }

    /** Whether something of the other writer would have to be left out under the candidate's name. */
    private static boolean isTrustedNewly(Writer candidate, Writer other, boolean declared) {
        WriterTrust named = WriterTrust.of(candidate.trust().createdBy(), declared);
        NewTrust change = new NewTrust(named, other.trust());
        // Of the other's columns: what it does not have, the output has no bounds of.
        return change.inPages()
                || other.leaves().values().stream()
                        .anyMatch(leaf -> change.inBounds(leaf) || change.inDeltaPages(leaf));
    }

    /** The order of each column as the first input that has it declares it. */
    private byte[] columnOrders(List<List<String>> columns) {
        ThriftWriter out = new ThriftWriter(64);
        out.listHeader(ThriftReader.STRUCT, columns.size());
        Map<List<String>, byte[]> declared = new HashMap<>();
        for (Writer writer : writers.values()) {
            writer.leaves().forEach((path, leaf) -> {
                if (!declared.containsKey(path)) {
                    declared.put(
                            path, Objects.requireNonNull(writer.columnOrders()).get(leaf.index()));
                }
            });
        }
        for (List<String> path : columns) {
            byte[] order = declared.getOrDefault(path, TYPE_ORDER);
            out.writeRaw(order, 0, order.length);
        }
        return out.toByteArray();
    }

    private void requireSameOrders() {
        Map<List<String>, Writer> known = new HashMap<>();
        for (Writer writer : writers.values()) {
            writer.leaves().forEach((path, leaf) -> {
                Writer first = known.putIfAbsent(path, writer);
                if (first != null
                        && differ(first, Objects.requireNonNull(first.leaves().get(path)), writer, leaf)) {
                    throw refused(writer, first, leaf, "column order (" + leaf.order() + ")");
                }
            });
        }
    }

    /**
     * Whether readers would take the bounds of one for those of the other order. Of columns that become wider, types and
     * orders differ anyway. An order that this version does not know is another one than that of the type, which may be
     * undefined.
     */
    private static boolean differ(Writer first, Leaf known, Writer writer, Leaf leaf) {
        if (known.type() != leaf.type()) {
            return false;
        }
        List<byte[]> firstOrders = first.columnOrders();
        List<byte[]> orders = writer.columnOrders();
        return known.order() != leaf.order()
                || firstOrders != null && orders != null && declared(firstOrders, known) != declared(orders, leaf);
    }

    /** Returns the ids of the orders that columns are declared to have. */
    private static List<Integer> declared(List<byte[]> orders, Map<List<String>, Leaf> leaves) {
        return leaves.values().stream().map(leaf -> declared(orders, leaf)).toList();
    }

    private static int declared(List<byte[]> orders, Leaf leaf) {
        byte[] order = orders.get(leaf.index());
        return new ThriftReader(order, 0, order.length, 0).readUnionId();
    }

    /** Returns the elements of a serialized list of structs. */
    private static List<byte[]> elements(byte[] list) {
        ThriftReader in = new ThriftReader(list, 0, list.length, 0);
        int count = in.readListHeader(ThriftReader.STRUCT);
        List<byte[]> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = in.position();
            in.skipElement(ThriftReader.STRUCT);
            elements.add(Arrays.copyOfRange(list, from, in.position()));
        }
        return elements;
    }

    /** Returns the columns' sort orders. */
    private static List<SortOrder> orders(Map<List<String>, Leaf> leaves) {
        return leaves.values().stream().map(Leaf::order).toList();
    }

    private @Nullable Unsupported problem(Writer candidate) {
        for (Writer other : writers.values()) {
            Unsupported problem = problem(candidate, other);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** Why the candidate's name cannot stand for pages of the other, whatever is left out; null if it can. */
    private static @Nullable Unsupported problem(Writer candidate, Writer other) {
        WriterTrust trust = candidate.trust();
        WriterTrust others = other.trust();
        for (Leaf leaf : other.leaves().values()) {
            if (leaf.type() == PhysicalType.INT96
                    && (trust.family() != others.family()
                            || trust.dialect().int96AsParquetMr()
                                    != others.dialect().int96AsParquetMr())) {
                return refused(other, candidate, leaf, "INT96 timestamps");
            }
        }
        if (trust.trustsChunkSizes() && !others.trustsChunkSizes()) {
            return refused(other, candidate, null, "sizes of column chunks");
        }
        if (trust.dialect().alwaysCompressedV2() && !others.dialect().alwaysCompressedV2()) {
            return refused(other, candidate, null, "data pages of version 2");
        }
        if (trust.dialect().singleBitPackedRunForByteWidths()
                        && !others.dialect().singleBitPackedRunForByteWidths()
                || trust.dialect().singleRunLevelsWithoutNulls()
                        && !others.dialect().singleRunLevelsWithoutNulls()) {
            return refused(other, candidate, null, "run-length encoded pages");
        }
        return null;
    }

    private static Unsupported refused(Writer other, Writer candidate, @Nullable Leaf leaf, String what) {
        return new Unsupported(
                new Place(other.example().name(), -1, leaf == null ? null : leaf.name(), -1),
                "readers take its " + what + " otherwise than those of "
                        + candidate.example().name() + ", going by created_by " + NewTrust.name(other.trust())
                        + " and " + NewTrust.name(candidate.trust()),
                "merge the files of each writer apart");
    }
}
