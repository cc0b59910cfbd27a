package io.glulam.service.ledger;

import io.glulam.service.database.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {
    @TempDir
    Path folder;

    @Override
    Database open() {
        return Database.sqlite(folder.resolve("ledger.db"));
    }
}
