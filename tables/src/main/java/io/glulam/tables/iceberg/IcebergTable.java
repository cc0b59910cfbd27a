package io.glulam.tables.iceberg;

import io.glulam.CompactionOptions;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.Unsupported;
import io.glulam.storage.ObjectRef;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.TableVerification;
import io.glulam.tables.iceberg.catalog.TableCatalog;
import io.glulam.tables.iceberg.files.GlulamFileIO;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.RewritePlan;
import io.glulam.tables.iceberg.rewrite.SnapshotComparison;
import io.glulam.tables.iceberg.rewrite.StagedRewrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** A table of an Iceberg catalog. */
final class IcebergTable implements Table {
    /** How long before their end credentials are renewed. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final TableAddress.Iceberg address;
    private final TableCatalog catalog;
    private final CompactionOptions compaction;
    private final TableIdentifier identifier;

    IcebergTable(TableAddress.Iceberg address, TableCatalog catalog, CompactionOptions compaction) {
        this.address = address;
        this.catalog = catalog;
        this.compaction = compaction;
        this.identifier = TableIdentifier.of(Namespace.of(address.namespace().toArray(String[]::new)), address.table());
    }

    /** The objects of one request: the table as it was loaded. */
    private final class Session {
        private final org.apache.iceberg.Table table = catalog.load(identifier);
        private final Locations locations = catalog.locations(table);

        ObjectRef object(String location) {
            if (table.io() instanceof GlulamFileIO files) {
                renew(files);
                return files.object(location);
            }
            throw new Unsupported(Place.of(location), "the catalog gives another FileIO than Glulam's", null);
        }

        /** Credentials that a catalog hands out end; those of a table that is loaded again last longer. */
        private void renew(GlulamFileIO files) {
            Instant expires = files.expires();
            if (expires != null
                    && Instant.now().isAfter(expires.minus(MARGIN))
                    && catalog.load(identifier).io() instanceof GlulamFileIO fresh) {
                files.renewFrom(fresh);
            }
        }

        TableRewrite rewrite(TableRequest request) {
            return new TableRewrite(table, address, locations, this::object, compaction, request);
        }
    }

    @Override
    public TablePlan plan(TableRequest request) {
        return new Session().rewrite(request).plan(catalog.warnings()).summary();
    }

    @Override
    public TableReport compact(TableRequest request, TableListener listener) {
        Session session = new Session();
        TableRewrite rewrite = session.rewrite(request);
        RewritePlan plan = rewrite.plan(catalog.warnings());
        TableReport report =
                rewrite.run(plan, rewrite.here(), Map.of(), listener).report();
        return report.snapshots().isEmpty()
                ? report
                : report.withRelease(release(session.table, report.snapshots().get(0)));
    }

    @Override
    public StagedCompaction stage(TableRequest request, @Nullable Long snapshot) {
        Session session = new Session();
        TableRewrite rewrite = session.rewrite(request);
        List<String> warnings = catalog.warnings();
        RewritePlan plan =
                snapshot == null ? rewrite.plan(warnings) : rewrite.plan(pinned(session.table, snapshot), warnings);
        return rewrite.staged(plan, id -> release(session.table, id));
    }

    @Override
    public void removeNew(String place) {
        Session session = new Session();
        StagedRewrite.removeNew(place, session::object, session.locations);
    }

    private @Nullable Snapshot pinned(org.apache.iceberg.Table table, long id) {
        if (id < 0) {
            return null; // There was no snapshot.
        }
        Snapshot snapshot = table.snapshot(id);
        if (snapshot == null) {
            throw new SourceChanged(
                    Place.of(address.toString()), "the snapshot " + id + " has expired", "plan the newest snapshot");
        }
        return snapshot;
    }

    /** The statement that frees the files that were replaced: snapshots before the first one of this run go. */
    private String release(org.apache.iceberg.Table table, long firstSnapshot) {
        Snapshot first = table.snapshot(firstSnapshot);
        Instant time = Instant.ofEpochMilli(first == null ? 0 : first.timestampMillis());
        String name = String.join(".", address.namespace()) + "." + address.table();
        return "CALL " + address.catalog() + ".system.expire_snapshots(table => '" + name
                + "', older_than => TIMESTAMP '" + time + "')";
    }

    @Override
    public TableVerification verify(long before, long after) {
        Session session = new Session();
        CompactionOptions settings = TableRewrite.compaction(session.table, compaction);
        return new SnapshotComparison(session.table, settings, session::object, session.locations)
                .compare(before, after);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
