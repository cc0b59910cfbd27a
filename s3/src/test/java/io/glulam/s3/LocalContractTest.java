package io.glulam.s3;

import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectStore;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** The local file system keeps the contract. */
class LocalContractTest extends StoreContract {
    @TempDir
    private Path folder;

    @Override
    ObjectStore store() {
        return LocalStore.INSTANCE;
    }

    @Override
    String key() {
        return folder.resolve(UUID.randomUUID() + ".bin").toString();
    }
}
