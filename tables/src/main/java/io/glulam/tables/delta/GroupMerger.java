package io.glulam.tables.delta;

import io.glulam.CompactionOptions;
import io.glulam.ShapedMerge;
import io.glulam.ShapedMerger;
import io.glulam.ShapedReport;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.PhysicalType;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.storage.StoredObject;
import io.glulam.tables.delta.log.DeletionVector;
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.delta.log.TableVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the files of a group as one new file. */
final class GroupMerger {
    /** Spark's own schema, which stands only where the new file has the schema of all sources. */
    private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

    private final TableFolder folder;
    private final DeltaLog log;
    private final TableVersion version;
    private final FooterLooks looks;
    private final ShapedMerger merger;

    GroupMerger(TableFolder folder, DeltaLog log, TableVersion version, FooterLooks looks, CompactionOptions options) {
        this.folder = folder;
        this.log = log;
        this.version = version;
        this.looks = looks;
        this.merger = new ShapedMerger(options);
    }

    /**
     * Writes a file under a name that no other attempt has, in the folder of the group's first file.
     *
     * @throws Unsupported if the files do not go together
     */
    WrittenFile write(MergeGroup group, int number) {
        return write(group, folderOf(group) + "part-%05d-%s-c000.parquet".formatted(number, UUID.randomUUID()));
    }

    /** The folder of the group's first file, relative to the table's; ends with a slash unless it is the table's. */
    static String folderOf(MergeGroup group) {
        String first = group.files().get(0).path();
        return first.substring(0, first.lastIndexOf('/') + 1);
    }

    /**
     * As {@link #write(MergeGroup, int)}, under a given name.
     *
     * @param path of the new file, for the log
     */
    WrittenFile write(MergeGroup group, String path) {
        List<FileForm> forms = group.files().stream().map(looks::form).toList();
        StoredObject object = folder.file(path);
        if (object == null) {
            throw new IllegalStateException("a new file outside of the table's folder");
        }
        List<ShapedInput> inputs = group.files().stream().map(this::input).toList();
        ShapedReport report = merger.write(new ShapedMerge(inputs, shape(group.files()), object));
        NewFile file = new NewFile(
                group,
                path,
                System.currentTimeMillis(),
                forms,
                report.bytes(),
                report.rows(),
                report.inputRows(),
                report.deletedRows() == 0
                        ? null
                        : FoundStatistics.of(FormClasses.dataFields(version), report.columns()));
        return new WrittenFile(file, object, report);
    }

    /**
     * Returns the shape that files of one form class have together.
     *
     * @throws Unsupported if the files do not go together
     */
    TargetShape shape(List<DataFile> files) {
        List<FileForm> distinct = files.stream().map(looks::form).distinct().toList();
        try {
            List<TargetField> fields = new ArrayList<>(TargetSchema.of(
                    FormClasses.dataFields(version),
                    distinct,
                    version.mappingMode().equals("id")));
            boolean asSources = distinct.size() == 1
                    && fields.size() == distinct.get(0).root().children().size();
            if (version.tracksRows()) {
                fields.add(TargetField.leaf(rowIds(), PhysicalType.INT64));
                fields.add(TargetField.leaf(rowVersions(), PhysicalType.INT64));
            }
            return TargetShape.byName(fields)
                    .withKeptKeys(asSources && !version.tracksRows() ? Set.of(SPARK_SCHEMA) : Set.of());
        } catch (FormsDiffer e) {
            throw new Unsupported(Place.of(files.get(0).object().name()), String.valueOf(e.getMessage()), null, e);
        }
    }

    /**
     * Returns a file without its deleted rows.
     *
     * @throws CorruptFile if its deletion vector is not what the log says of it
     */
    ShapedInput input(DataFile file) {
        ShapedInput input = ShapedInput.of(file.object()).withSize(file.size()).withRows(file.rows());
        DeletionVector deletes = file.deletes();
        if (deletes != null) {
            try {
                input = input.withDeleted(log.deletedRows(deletes));
            } catch (GlulamException failure) {
                throw failure.within(Place.of(file.object().name()));
            }
        }
        if (!version.tracksRows()) {
            return input;
        }
        Long rowId = file.baseRowId();
        Long rowVersion = file.rowCommitVersion();
        if (rowId == null || rowVersion == null) {
            throw new IllegalStateException("a file without row ids in a table that tracks rows");
        }
        return input.withMade(rowIds(), MadeColumn.ascending(rowId).forNullsToo())
                .withMade(rowVersions(), MadeColumn.constant((long) rowVersion).forNullsToo());
    }

    private String rowIds() {
        return named(version.rowIdColumn());
    }

    private String rowVersions() {
        return named(version.rowVersionColumn());
    }

    private static String named(@Nullable String column) {
        if (column == null) {
            throw new IllegalStateException("the table names no column for row ids");
        }
        return column;
    }
}
