package io.glulam.tables.delta.log;

import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.tablefeatures.TableFeature;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One version of a table: what its log says of it. Immutable. */
public final class TableVersion {
    private static final String ROW_TRACKING = "delta.enableRowTracking";
    private static final String ROW_ID_COLUMN = "delta.rowTracking.materializedRowIdColumnName";
    private static final String ROW_VERSION_COLUMN = "delta.rowTracking.materializedRowCommitVersionColumnName";
    private static final String STATISTICS_AS_TEXT = "delta.checkpoint.writeStatsAsJson";
    private static final String MAPPING_MODE = "delta.columnMapping.mode";

    private final SnapshotImpl snapshot;
    private final OptimizeCommitter committer;
    private final List<DeltaField> fields;

    TableVersion(SnapshotImpl snapshot, OptimizeCommitter committer) {
        this.snapshot = snapshot;
        this.committer = committer;
        this.fields = SchemaFields.of(snapshot.getSchema(), isMapped());
    }

    SnapshotImpl snapshot() {
        return snapshot;
    }

    /** Writes commits on top of this version. */
    OptimizeCommitter committer() {
        return committer;
    }

    /** Its number. */
    public long number() {
        return snapshot.getVersion();
    }

    /** The version of the protocol that readers need. */
    public int readerVersion() {
        return snapshot.getProtocol().getMinReaderVersion();
    }

    /** The version of the protocol that writers need. */
    public int writerVersion() {
        return snapshot.getProtocol().getMinWriterVersion();
    }

    /** Names of the table features that the protocol names or implies, also those that the kernel does not know. */
    public Set<String> features() {
        Protocol protocol = snapshot.getProtocol();
        Set<String> names = new TreeSet<>(protocol.getReaderAndWriterFeatures());
        if (!protocol.supportsWriterFeatures()) {
            protocol.getImplicitlySupportedFeatures().stream()
                    .map(TableFeature::featureName)
                    .forEach(names::add);
        }
        return names;
    }

    /** The table's properties. */
    public Map<String, String> properties() {
        return snapshot.getMetadata().getConfiguration();
    }

    /** The provider of the data files, such as {@code parquet}. */
    public String provider() {
        return snapshot.getMetadata().getFormat().getProvider();
    }

    /** Columns of the schema, partition columns included, in order. */
    public List<DeltaField> fields() {
        return fields;
    }

    /** Names for users of the partition columns, in order. */
    public List<String> partitionColumns() {
        return snapshot.getPartitionColumnNames();
    }

    /** How columns are found in data files: {@code none}, {@code name} or {@code id}. */
    public String mappingMode() {
        return snapshot.getMetadata().getConfiguration().getOrDefault(MAPPING_MODE, "none");
    }

    private boolean isMapped() {
        return !mappingMode().equals("none");
    }

    /** Whether rows keep their ids and the versions of their last changes. */
    public boolean tracksRows() {
        return features().contains("rowTracking")
                && Boolean.parseBoolean(properties().get(ROW_TRACKING));
    }

    /** The column of data files that holds row ids where they are not those of the log; null if the table names none. */
    public @Nullable String rowIdColumn() {
        return properties().get(ROW_ID_COLUMN);
    }

    /** The column of data files that holds rows' versions where they are not those of the log; null if the table names none. */
    public @Nullable String rowVersionColumn() {
        return properties().get(ROW_VERSION_COLUMN);
    }

    /**
     * Whether a checkpoint by the kernel holds all that the log says: it has no place for the provider of a clustering, nor for
     * statistics that only an earlier checkpoint has, as columns of their own.
     */
    boolean keepsAllInCheckpoints() {
        boolean statisticsAsText = Boolean.parseBoolean(properties().getOrDefault(STATISTICS_AS_TEXT, "true"));
        return statisticsAsText && !features().contains("clustering");
    }

    /** Whether schema, properties and protocol are those of another version. */
    public boolean isGovernedAs(TableVersion other) {
        return snapshot.getMetadata().equals(other.snapshot.getMetadata())
                && snapshot.getProtocol().equals(other.snapshot.getProtocol());
    }
}
