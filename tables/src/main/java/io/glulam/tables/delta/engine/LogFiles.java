package io.glulam.tables.delta.engine;

import io.delta.kernel.engine.FileReadRequest;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.glulam.storage.KeyOrder;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.RangeReader;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The kernel's view of a table's log. It deletes and copies nothing. */
final class LogFiles implements FileSystemClient {
    private final LogStore store;

    LogFiles(LogStore store) {
        this.store = store;
    }

    /** Lists versions of the log: names that begin with a digit. Folders and hidden files, which come after, are not read. */
    @Override
    public CloseableIterator<FileStatus> listFrom(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        // The store lists what comes after a key; this one comes before the first that is wanted.
        String before = path.substring(0, Math.max(folder.length(), path.length() - 1));
        List<FileStatus> files = new ArrayList<>();
        store.list(folder, before, facts -> {
            String name = facts.key().substring(folder.length());
            if (name.isEmpty() || name.charAt(0) > '9') {
                return false;
            }
            if (name.indexOf('/') < 0 && KeyOrder.INSTANCE.compare(facts.key(), path) >= 0) {
                files.add(status(facts));
            }
            return true;
        });
        return over(files.iterator());
    }

    private static FileStatus status(ObjectFacts facts) {
        return FileStatus.of(facts.key(), facts.size(), facts.modified().toEpochMilli());
    }

    private static <T> CloseableIterator<T> over(Iterator<T> values) {
        return new CloseableIterator<>() {
            @Override
            public boolean hasNext() {
                return values.hasNext();
            }

            @Override
            public T next() {
                return values.next();
            }

            @Override
            public void close() {}
        };
    }

    /** Paths are whole already. */
    @Override
    public String resolvePath(String path) {
        return path;
    }

    @Override
    public CloseableIterator<ByteArrayInputStream> readFiles(CloseableIterator<FileReadRequest> requests) {
        return requests.map(request -> {
            byte[] bytes = new byte[request.getReadLength()];
            try (RangeReader reader = store.open(request.getPath())) {
                reader.read(request.getStartOffset(), ByteBuffer.wrap(bytes));
                return new ByteArrayInputStream(bytes);
            } catch (IOException e) {
                throw EngineFailure.of(e);
            }
        });
    }

    @Override
    public boolean mkdirs(String path) {
        store.store().makeFolder(store.key(path) + "/file");
        return true;
    }

    @Override
    public boolean delete(String path) {
        throw new UnsupportedOperationException("Glulam deletes no file of a table's log");
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        ObjectFacts facts = store.facts(path);
        if (facts == null) {
            throw new FileNotFoundException(path);
        }
        return FileStatus.of(path, facts.size(), facts.modified().toEpochMilli());
    }

    @Override
    public void copyFileAtomically(String from, String to, boolean overwrite) {
        throw new UnsupportedOperationException("Glulam copies no file of a table's log");
    }
}
