package io.glulam.spark;

import io.glulam.tables.iceberg.files.GlulamFileIO;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.StorageCredential;
import org.apache.iceberg.io.SupportsStorageCredentials;

/**
 * A store with the credentials that a catalog handed out, as Iceberg's own {@code S3FileIO} has them, without the client of S3
 * that it takes. Iceberg makes it by its name.
 */
public final class VendedFileIO implements org.apache.iceberg.io.FileIO, SupportsStorageCredentials {
    private static final long serialVersionUID = 1L;

    private final HashMap<String, String> properties = new HashMap<>();
    private final ArrayList<StorageCredential> credentials = new ArrayList<>();
    private transient GlulamFileIO files;

    @Override
    public synchronized void initialize(Map<String, String> given) {
        properties.putAll(given);
        files = null;
    }

    @Override
    public synchronized void setCredentials(List<StorageCredential> given) {
        credentials.clear();
        credentials.addAll(given);
        files = null;
    }

    @Override
    public List<StorageCredential> credentials() {
        return credentials;
    }

    @Override
    public Map<String, String> properties() {
        return properties;
    }

    private synchronized GlulamFileIO files() {
        if (files == null) {
            files = new GlulamFileIO();
            files.initialize(properties);
            files.setCredentials(credentials);
        }
        return files;
    }

    @Override
    public InputFile newInputFile(String path) {
        return files().newInputFile(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return files().newOutputFile(path);
    }

    @Override
    public void deleteFile(String path) {
        files().deleteFile(path);
    }
}
