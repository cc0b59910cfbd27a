package io.glulam.tables.delta;

import io.glulam.CompactionOptions;
import io.glulam.error.Unsupported;
import io.glulam.s3.S3Stores;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableRequest;
import io.glulam.tables.delta.files.TableFolder;
import java.util.function.Supplier;

/** Opens Delta tables. */
public final class DeltaTables {
    private DeltaTables() {}

    /**
     * Opens a table; reads nothing yet.
     *
     * @param stores asked only for a table in S3
     * @param options how row groups are merged and what a run may use
     * @throws Unsupported if the location is in a store that Glulam does not know
     */
    public static Table open(TableAddress.Delta address, Supplier<S3Stores> stores, CompactionOptions options) {
        String location = address.location();
        return new DeltaTable(address, TableFolder.of(location, stores), options);
    }

    /**
     * Opens a table to have its new files written elsewhere; reads nothing yet.
     *
     * @throws Unsupported as {@link #open}
     */
    public static DeltaRewrite rewrite(
            TableAddress.Delta address, Supplier<S3Stores> stores, CompactionOptions options, TableRequest request) {
        TableFolder folder = TableFolder.of(address.location(), stores);
        return new DeltaRewrite(new DeltaTable(address, folder, options), request);
    }
}
