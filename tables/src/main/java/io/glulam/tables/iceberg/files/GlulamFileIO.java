package io.glulam.tables.iceberg.files;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.local.DiskSpool;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WriteRequest;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.StorageCredential;
import org.apache.iceberg.io.SupportsStorageCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Glulam's stores as Iceberg's {@code FileIO}: what Iceberg reads and writes of a table's metadata goes through it. Iceberg
 * makes it by its name. It deletes metadata files only. Thread-safe.
 */
public final class GlulamFileIO implements FileIO, SupportsStorageCredentials {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Bytes of metadata that are expected; a store decides by it how it sends them. */
    private static final long EXPECTED_BYTES = 1 << 20;

    private transient Map<String, String> properties = Map.of();
    private transient List<StorageCredential> credentials = List.of();
    private transient @Nullable TableStores stores;
    private transient @Nullable Locations locations;
    private final transient HeldMetadata held = new HeldMetadata();

    @Override
    public synchronized void initialize(Map<String, String> newProperties) {
        properties = Map.copyOf(newProperties);
        locations = locationsOf(properties);
        stores = null;
    }

    @Override
    public synchronized void setCredentials(List<StorageCredential> newCredentials) {
        credentials = List.copyOf(newCredentials);
        stores = null;
    }

    @Override
    public synchronized List<StorageCredential> credentials() {
        return credentials;
    }

    @Override
    public synchronized Map<String, String> properties() {
        return properties;
    }

    private static @Nullable Locations locationsOf(Map<String, String> properties) {
        boolean remote = Boolean.parseBoolean(properties.get(FileProperties.REMOTE));
        String location = properties.get(FileProperties.LOCATION);
        if (!remote || location == null) {
            return null;
        }
        List<String> folders = Arrays.asList(
                properties.getOrDefault(FileProperties.FOLDERS, location).split("\n"));
        return Locations.of(folders, FileProperties.list(properties, FileProperties.ALLOWED_LOCATIONS), true);
    }

    /**
     * Returns the object at a location.
     *
     * @throws Unsupported if the table may not use it
     */
    public synchronized ObjectRef object(String location) {
        Locations places = locations;
        if (places != null) {
            places.require(location);
        }
        return stores().object(location);
    }

    private synchronized @Nullable Locations places() {
        return locations;
    }

    private TableStores stores() {
        TableStores known = stores;
        if (known == null) {
            known = new TableStores(properties, credentials);
            stores = known;
        }
        return known;
    }

    /** Returns the time when the credentials that the catalog handed out expire; null if they do not. */
    public synchronized @Nullable Instant expires() {
        return stores().expires();
    }

    /** Takes over what the catalog has handed out anew. */
    public synchronized void renewFrom(GlulamFileIO other) {
        properties = other.properties;
        credentials = other.credentials;
        locations = other.locations;
        stores = null;
    }

    @Override
    public InputFile newInputFile(String location) {
        return new Input(location, -1);
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        return new Input(location, length);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new Output(location);
    }

    /** Deletes a file of metadata that Iceberg wrote and did not commit. */
    @Override
    public void deleteFile(String location) {
        if (!location.endsWith(".avro") && !location.endsWith(".metadata.json") && !location.endsWith(".json.gz")) {
            throw new Unsupported(Place.of(location), "Glulam deletes no file of a table's data", null);
        }
        ObjectRemover.deleteIfAble(object(location));
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
        throw new NotSerializableException(GlulamFileIO.class.getName()); // It holds credentials.
    }

    /** A file that is read. */
    private final class Input implements InputFile {
        private final String location;
        private long length;

        Input(String location, long length) {
            this.location = location;
            this.length = length;
        }

        @Override
        public long getLength() {
            if (length < 0) {
                length = held.length(location);
            }
            if (length < 0) {
                try (RangeReader reader = opened()) {
                    length = reader.size();
                }
            }
            return length;
        }

        private RangeReader opened() {
            ObjectRef object = object(location);
            try {
                return object.store().open(object.key(), length);
            } catch (StorageFailed failure) {
                if (failure.kind() == StorageFailed.Kind.MISSING) {
                    throw new NotFoundException(failure, "%s", failure.getMessage());
                }
                throw failure;
            }
        }

        @Override
        public SeekableInputStream newStream() {
            Locations places = places();
            if (places != null) {
                places.require(location);
            }
            SeekableInputStream known = held.find(location);
            return known == null ? held.open(location, opened()) : known;
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public boolean exists() {
            try (RangeReader reader = opened()) {
                return reader.size() >= 0;
            } catch (NotFoundException missing) {
                return false;
            }
        }
    }

    /** A file that is written. */
    private final class Output implements OutputFile {
        private final String location;

        Output(String location) {
            this.location = location;
        }

        @Override
        public PositionOutputStream create() {
            return stream(new PublishCondition.Absent());
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return stream(new PublishCondition.Replace());
        }

        private PositionOutputStream stream(PublishCondition condition) {
            ObjectRef object = object(location);
            object.store().makeFolder(object.key());
            try {
                ObjectWriter writer = object.store()
                        .create(object.key(), WriteRequest.of(condition, EXPECTED_BYTES, () -> new DiskSpool(null)));
                return new StoredOutputStream(writer);
            } catch (StorageFailed failure) {
                throw translated(failure);
            }
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public InputFile toInputFile() {
            return newInputFile(location);
        }
    }

    /** Iceberg tells by its own exception that a file is there already. */
    static RuntimeException translated(GlulamException failure) {
        return failure instanceof StorageFailed storage && storage.kind() == StorageFailed.Kind.EXISTS
                ? new AlreadyExistsException(failure, "%s", failure.getMessage())
                : failure;
    }
}
