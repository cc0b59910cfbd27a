package io.glulam.footer;

import io.glulam.format.Leaf;
import io.glulam.format.Schema;
import io.glulam.format.ThriftReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schema of the footer that was read last. Most files of a merge have the schema of the one before, byte for byte, and
 * schemas need not be parsed again then. Thread-safe.
 */
public final class KnownSchema {
    /** Longer ones are not held. */
    private static final int MAX_BYTES = 64 << 10;

    private static final byte[] NONE = {};

    private volatile @Nullable Known last;

    /**
     * A schema as it was read.
     *
     * @param raw the serialized {@code schema}
     * @param parsed without declared orders
     * @param rawOrders the serialized {@code column_orders}
     * @param ordered with them; null if they were not read yet
     * @param paths of the leaf columns, each name as its bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Known(
            byte[] raw,
            Schema parsed,
            byte[] rawOrders,
            @Nullable Schema ordered,
            byte[][][] paths) {}

    /** Reads {@code FileMetaData.schema} at the reader's position. */
    Schema read(ThriftReader in) {
        Known known = last;
        if (known != null && in.passIf(known.raw())) {
            return known.parsed();
        }
        int from = in.position();
        Schema schema = Schema.read(in);
        if (in.position() - from <= MAX_BYTES) {
            last = new Known(in.since(from), schema, NONE, null, pathsOf(schema));
        }
        return schema;
    }

    /** Returns a schema that {@link #read} gave with the orders in {@code FileMetaData.column_orders}, at the reader's position. */
    @SuppressWarnings("ReferenceEquality") // The one that is held, or another one.
    Schema withOrders(Schema schema, ThriftReader in) {
        Known known = last;
        boolean isHeld = known != null && known.parsed() == schema;
        Schema before = known == null || !isHeld ? null : known.ordered();
        if (known != null && before != null && in.passIf(known.rawOrders())) {
            return before;
        }
        int from = in.position();
        Schema ordered = schema.withColumnOrders(in);
        if (known != null && isHeld && in.position() - from <= MAX_BYTES) {
            last = new Known(known.raw(), schema, in.since(from), ordered, known.paths());
        }
        return ordered;
    }

    /** Returns the paths of a schema's leaf columns, each name as its bytes. */
    @SuppressWarnings("ReferenceEquality") // One that is held, or another one.
    byte[][][] paths(Schema schema) {
        Known known = last;
        boolean isHeld = known != null && (known.parsed() == schema || known.ordered() == schema);
        return known != null && isHeld ? known.paths() : pathsOf(schema);
    }

    private static byte[][][] pathsOf(Schema schema) {
        List<Leaf> leaves = schema.leaves();
        byte[][][] paths = new byte[leaves.size()][][];
        for (int i = 0; i < paths.length; i++) {
            List<String> path = leaves.get(i).path();
            paths[i] = new byte[path.size()][];
            for (int j = 0; j < paths[i].length; j++) {
                paths[i][j] = path.get(j).getBytes(StandardCharsets.UTF_8);
            }
        }
        return paths;
    }
}
