package io.glulam.tables.delta;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.tables.delta.log.TableVersion;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Refuses tables whose protocol Glulam does not know to keep. Features that are not on the list are refused by their names. */
final class ProtocolCheck {
    private static final int MAX_READER = 3;
    private static final int MAX_WRITER = 7;

    /** Features that moving rows into other files without a change of data keeps. */
    private static final Set<String> KEPT = Set.of(
            "allowColumnDefaults",
            "appendOnly",
            "changeDataFeed",
            "checkConstraints",
            "checkpointProtection",
            "clustering",
            "columnMapping",
            "deletionVectors",
            "domainMetadata",
            "generatedColumns",
            "identityColumns",
            "inCommitTimestamp",
            "invariants",
            "rowTracking",
            "timestampNtz",
            "typeWidening",
            "v2Checkpoint",
            "vacuumProtocolCheck");

    private static final String CATALOG_MANAGED = "catalogManaged";
    private static final String ROW_TRACKING_SUSPENDED = "delta.rowTrackingSuspended";

    private ProtocolCheck() {}

    /**
     * Looks at a table's protocol and properties.
     *
     * @throws Unsupported with the names of what is refused
     */
    static void require(String table, TableVersion version) {
        Place place = Place.of(table);
        if (version.readerVersion() > MAX_READER || version.writerVersion() > MAX_WRITER) {
            throw new Unsupported(
                    place,
                    "the table needs reader version " + version.readerVersion() + " and writer version "
                            + version.writerVersion() + " of Delta's protocol, and Glulam knows " + MAX_READER + " and "
                            + MAX_WRITER);
        }
        Set<String> refused = new TreeSet<>(version.features());
        refused.removeAll(KEPT);
        if (refused.contains(CATALOG_MANAGED)) {
            throw new Unsupported(
                    place, "the table is catalogManaged: only its catalog commits", "use the catalog's own compaction");
        }
        if (!refused.isEmpty()) {
            throw new Unsupported(
                    place,
                    "the table uses features that Glulam does not know to keep: " + String.join(", ", refused),
                    "compact it with OPTIMIZE");
        }
        requireProperties(place, version);
    }

    private static void requireProperties(Place place, TableVersion version) {
        Map<String, String> properties = version.properties();
        if (!version.provider().equalsIgnoreCase("parquet")) {
            throw new Unsupported(place, "the table's data files are " + version.provider() + ", not parquet");
        }
        if (Boolean.parseBoolean(properties.get(ROW_TRACKING_SUSPENDED))) {
            throw new Unsupported(
                    place, "row tracking is suspended (" + ROW_TRACKING_SUSPENDED + ")", "compact it with OPTIMIZE");
        }
        if (version.tracksRows() && (version.rowIdColumn() == null || version.rowVersionColumn() == null)) {
            throw new Unsupported(
                    place, "the table tracks rows, and its properties name no columns for ids and versions of rows");
        }
        if (!Set.of("none", "name", "id").contains(version.mappingMode())) {
            throw new Unsupported(place, "the table maps columns by '" + version.mappingMode() + "'");
        }
    }
}
