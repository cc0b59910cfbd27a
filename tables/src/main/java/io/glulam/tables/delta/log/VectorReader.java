package io.glulam.tables.delta.log;

import io.delta.kernel.internal.deletionvectors.Base85Codec;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.shape.DeletedRows;
import io.glulam.storage.RangeReader;
import io.glulam.tables.delta.engine.LogStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Reads deletion vectors, whose places, sizes and checksums the log claims. A vector outside of the table's folder is not read. */
final class VectorReader {
    /** In base 85, four bytes take five characters. */
    private static final int UUID_CHARACTERS = 20;

    /** The size before a vector in a file, and the checksum after it. */
    private static final int FRAME = 2 * Integer.BYTES;

    private final LogStore store;
    private final String location;
    private final long maxBytes;

    /** @param bufferBytes memory that reading may take */
    VectorReader(LogStore store, String location, long bufferBytes) {
        this.store = store;
        this.location = location;
        this.maxBytes = bufferBytes / 4;
    }

    /** Returns whether a vector lies in the log or in the table's folder. */
    boolean isInside(DeletionVector vector) {
        return vector.storage().equals("i") || path(vector) != null;
    }

    /**
     * Reads a vector.
     *
     * @throws CorruptFile if its bytes are not what the log says
     */
    DeletedRows read(DeletionVector vector) {
        if (vector.bytes() < 0 || vector.bytes() > maxBytes) {
            throw new Unsupported(
                    Place.UNKNOWN, "a deletion vector of " + vector.bytes() + " bytes", "give more memory");
        }
        DeletedRows rows = RoaringRows.parse(vector.storage().equals("i") ? inline(vector) : stored(vector));
        if (rows.count() != vector.rows()) {
            throw new CorruptFile(
                    Place.UNKNOWN,
                    "a deletion vector of " + rows.count() + " rows, and the log says " + vector.rows(),
                    "find out which of the two is wrong before the table is changed");
        }
        return rows;
    }

    private static byte[] inline(DeletionVector vector) {
        long characters = (vector.bytes() + 3L) / 4 * 5;
        if (vector.place().length() != characters) {
            throw new CorruptFile(
                    Place.UNKNOWN,
                    "a deletion vector of " + vector.place().length() + " characters for " + vector.bytes() + " bytes");
        }
        try {
            return Base85Codec.decodeBytes(vector.place(), vector.bytes());
        } catch (RuntimeException e) {
            throw new CorruptFile(Place.UNKNOWN, "a deletion vector that is not in base 85", null, e);
        }
    }

    private byte[] stored(DeletionVector vector) {
        String path = path(vector);
        Integer offset = vector.offset();
        if (path == null || offset == null || offset < 0) {
            throw new CorruptFile(Place.UNKNOWN, "a deletion vector without a place in the table's folder");
        }
        ByteBuffer framed = ByteBuffer.allocate(vector.bytes() + FRAME);
        try (RangeReader reader = store.store().open(store.key(path))) {
            if (reader.size() - offset < framed.capacity()) {
                throw new CorruptFile(Place.of(reader.name()), "it ends before the deletion vector at " + offset);
            }
            reader.read(offset, framed);
        }
        byte[] bytes = Arrays.copyOfRange(framed.array(), Integer.BYTES, Integer.BYTES + vector.bytes());
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        boolean sound = framed.getInt(0) == vector.bytes()
                && framed.getInt(Integer.BYTES + vector.bytes()) == (int) checksum.getValue();
        if (!sound) {
            throw new CorruptFile(
                    Place.of(path),
                    "the deletion vector at " + offset + " has not the size and the checksum that it should have",
                    "repair the table before it is changed");
        }
        return bytes;
    }

    /** The path of a vector's file, as the store takes it; null if it does not lie in the table's folder. */
    private @Nullable String path(DeletionVector vector) {
        return switch (vector.storage()) {
            case "u" -> named(vector.place());
            case "p" -> absolute(vector.place());
            default -> null;
        };
    }

    private @Nullable String named(String place) {
        int prefix = place.length() - UUID_CHARACTERS;
        if (prefix < 0) {
            return null;
        }
        try {
            String name = "deletion_vector_" + Base85Codec.decodeUUID(place.substring(prefix)) + ".bin";
            return inside(prefix == 0 ? name : place.substring(0, prefix) + "/" + name);
        } catch (RuntimeException e) {
            return null; // Not base 85.
        }
    }

    private @Nullable String absolute(String place) {
        try {
            URI uri = new URI(place);
            String decoded = uri.getPath();
            String root = store.root().isEmpty() ? "" : uri.getScheme() + "://" + uri.getRawAuthority() + "/";
            boolean known = uri.getScheme() == null || uri.getScheme().equals("file") || !root.isEmpty();
            if (decoded == null || !known || !root.equals(store.root())) {
                return null;
            }
            String whole = root.isEmpty() ? decoded : root + decoded.substring(1);
            return whole.startsWith(location + "/") ? inside(whole.substring(location.length() + 1)) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private @Nullable String inside(String relative) {
        boolean leaves = relative.startsWith("/")
                || Arrays.asList(relative.split("/", -1)).contains("..");
        return leaves ? null : location + "/" + relative;
    }
}
