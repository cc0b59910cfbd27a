package io.glulam.tables.delta;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.deletionvectors.Base85Codec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;
import org.roaringbitmap.RoaringBitmap;

/** Deletes rows of a table's files by deletion vectors, as the specification of Delta has them, by roaringbitmap's own writer. */
final class TableVectors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KernelTable table;

    TableVectors(KernelTable table) {
        this.table = table;
    }

    /** A vector as an entry of the log has it. */
    record Vector(String storage, String place, Integer offset, int bytes, long rows) {
        Vector withPlace(String other, String otherPlace) {
            return new Vector(other, otherPlace, offset, bytes, rows);
        }

        Vector withRows(long other) {
            return new Vector(storage, place, offset, bytes, other);
        }

        Vector withBytes(int other) {
            return new Vector(storage, place, offset, other, rows);
        }
    }

    static byte[] serialized(RoaringBitmap rows) {
        ByteBuffer bytes =
                ByteBuffer.allocate(16 + rows.serializedSizeInBytes()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(1681511377).putLong(1).putInt(0);
        rows.serialize(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
        return bytes.array();
    }

    /** A vector in the log itself. */
    static Vector inline(RoaringBitmap rows) {
        byte[] bytes = serialized(rows);
        String text = Base85Codec.encodeBytes(Arrays.copyOf(bytes, (bytes.length + 3) / 4 * 4));
        return new Vector("i", text, null, bytes.length, rows.getCardinality());
    }

    /** Writes vectors into one file of the table's folder, under a prefix unless it is empty. */
    List<Vector> stored(String prefix, List<RoaringBitmap> vectors) throws IOException {
        UUID id = UUID.randomUUID();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(1);
        List<Vector> stored = new ArrayList<>();
        for (RoaringBitmap rows : vectors) {
            byte[] bytes = serialized(rows);
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            String place = prefix + Base85Codec.encodeUUID(id);
            stored.add(new Vector("u", place, file.size(), bytes.length, rows.getCardinality()));
            file.writeBytes(ByteBuffer.allocate(bytes.length + 8)
                    .putInt(bytes.length)
                    .put(bytes)
                    .putInt((int) checksum.getValue())
                    .array());
        }
        Files.createDirectories(table.folder().resolve(prefix));
        Files.write(file(prefix, id), file.toByteArray());
        return stored;
    }

    private Path file(String prefix, UUID id) {
        return table.folder().resolve(prefix).resolve("deletion_vector_" + id + ".bin");
    }

    /** The file of a vector without a prefix. */
    Path file(Vector vector) {
        return file("", Base85Codec.decodeUUID(vector.place()));
    }

    /** Applies a vector to an active file, in a commit, instead of the one that it had. */
    void delete(AddFile file, Vector vector) throws IOException {
        ObjectNode add = (ObjectNode) JSON.readTree(lineOf(file)).path("add");
        ObjectNode remove = JSON.createObjectNode();
        remove.put("path", file.getPath())
                .put("deletionTimestamp", 1)
                .put("dataChange", true)
                .put("extendedFileMetadata", true)
                .put("size", file.getSize());
        remove.set("partitionValues", add.path("partitionValues"));
        if (add.has("deletionVector")) {
            remove.set("deletionVector", add.path("deletionVector"));
        }
        ObjectNode descriptor = JSON.createObjectNode();
        descriptor.put("storageType", vector.storage()).put("pathOrInlineDv", vector.place());
        if (vector.offset() != null) {
            descriptor.put("offset", vector.offset());
        }
        descriptor.put("sizeInBytes", vector.bytes()).put("cardinality", vector.rows());
        add.set("deletionVector", descriptor);
        ObjectNode statistics = (ObjectNode) JSON.readTree(add.path("stats").textValue());
        statistics.put("tightBounds", false);
        add.put("stats", statistics.toString()).put("dataChange", true);
        String commit = JSON.createObjectNode().set("remove", remove) + "\n"
                + JSON.createObjectNode().set("add", add) + "\n";
        String info = "{\"commitInfo\":{\"timestamp\":1,\"operation\":\"DELETE\"}}\n";
        Files.writeString(table.log(table.version() + 1), info + commit);
    }

    /** The newest entry of a file. */
    private String lineOf(AddFile file) throws IOException {
        for (long version = table.version(); version >= 0; version--) {
            for (String line : table.commit(version).lines().toList()) {
                if (line.startsWith("{\"add\"")
                        && JSON.readTree(line)
                                .path("add")
                                .path("path")
                                .textValue()
                                .equals(file.getPath())) {
                    return line;
                }
            }
        }
        throw new AssertionError("no entry of " + file.getPath());
    }
}
