package io.glulam.tables.delta.rewrite;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport.ColumnResult;
import io.glulam.ShapedInputs;
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
import io.glulam.storage.ObjectRef;
import io.glulam.tables.TableReport.AppliedDeletes;
import io.glulam.tables.TableReport.MovedBytes;
import io.glulam.tables.delta.files.DataFile;
import io.glulam.tables.delta.files.FileForm;
import io.glulam.tables.delta.files.FooterLooks;
import io.glulam.tables.delta.files.FormsDiffer;
import io.glulam.tables.delta.files.FoundStatistics;
import io.glulam.tables.delta.files.TableFolder;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.files.TargetSchema;
import io.glulam.tables.delta.log.DeletionVector;
import io.glulam.tables.delta.log.DeltaLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the files of a group as one new file. */
final class GroupMerger {
    /** Spark's own schema, which stands only where the new file has the schema of all sources. */
    private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

    private final TableFolder folder;
    private final DeltaLog log;
    private final TableForm table;
    private final FooterLooks looks;
    private final ShapedMerger merger;

    GroupMerger(TableFolder folder, DeltaLog log, TableForm table, FooterLooks looks, CompactionOptions options) {
        this.folder = folder;
        this.log = log;
        this.table = table;
        this.looks = looks;
        this.merger = new ShapedMerger(options);
    }

    /** Returns the folder of a file, relative to the table's; ends with a slash unless it is the table's. */
    static String folderOf(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /**
     * Writes files as one new file.
     *
     * @param path of the new file, for the log; no other attempt has the same
     * @throws Unsupported if the files do not go together
     */
    OutputResult.NewFile write(List<DataFile> files, String path) {
        return written(files, path, merger.write(new ShapedMerge(inputs(files), shape(files), target(path))));
    }

    /**
     * Writes files that are open as one new file.
     *
     * @throws Unsupported if the files do not go together
     */
    OutputResult.NewFile write(List<DataFile> files, ShapedInputs opened, String path) {
        return written(files, path, opened.write(shape(files), target(path)));
    }

    /**
     * Pins files and reads their footers, of which the forms are known then.
     *
     * @throws GlulamException if a store fails, or a file is not what the log says of it
     */
    ShapedInputs open(List<DataFile> files) {
        return merger.open(inputs(files), (position, footer) -> looks.learn(files.get(position), footer));
    }

    private List<ShapedInput> inputs(List<DataFile> files) {
        return files.stream().map(this::input).toList();
    }

    private ObjectRef target(String path) {
        ObjectRef object = folder.file(path);
        if (object == null) {
            throw new IllegalStateException("a new file outside of the table's folder");
        }
        return object;
    }

    private OutputResult.NewFile written(List<DataFile> files, String path, ShapedReport report) {
        return new OutputResult.NewFile(
                path,
                System.currentTimeMillis(),
                report.bytes(),
                report.rows(),
                report.inputRows(),
                files.stream().map(looks::columns).toList(),
                report.deletedRows() == 0 ? null : FoundStatistics.of(table.fields(), report.columns()),
                made(report),
                AppliedDeletes.of(report),
                report.traffic());
    }

    private static MovedBytes made(ShapedReport report) {
        long remapped = 0;
        long recoded = 0;
        for (ColumnResult column : report.compaction().columns()) {
            switch (column.tier()) {
                case REMAP -> remapped += column.bytes();
                case COALESCE, RECODE -> recoded += column.bytes();
                default -> {
                    // Kept or joined: moved as it was.
                }
            }
        }
        return new MovedBytes(report.bytes() - remapped - recoded, remapped, recoded, report.bytes());
    }

    /**
     * Returns the shape that files of one form class have together.
     *
     * @throws Unsupported if the files do not go together
     */
    TargetShape shape(List<DataFile> files) {
        List<FileForm> distinct = files.stream().map(looks::form).distinct().toList();
        try {
            List<TargetField> fields = new ArrayList<>(TargetSchema.of(table.fields(), distinct, table.byId()));
            boolean asSources = distinct.size() == 1
                    && fields.size() == distinct.get(0).root().children().size();
            String rowIds = table.rowIds();
            String rowVersions = table.rowVersions();
            if (rowIds != null && rowVersions != null) {
                fields.add(TargetField.leaf(rowIds, PhysicalType.INT64));
                fields.add(TargetField.leaf(rowVersions, PhysicalType.INT64));
            }
            return TargetShape.byName(fields)
                    .withKeptKeys(asSources && rowIds == null ? Set.of(SPARK_SCHEMA) : Set.of());
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
        String rowIds = table.rowIds();
        String rowVersions = table.rowVersions();
        if (rowIds == null || rowVersions == null) {
            return input;
        }
        Long rowId = file.baseRowId();
        Long rowVersion = file.rowCommitVersion();
        if (rowId == null || rowVersion == null) {
            throw new IllegalStateException("a file without row ids in a table that tracks rows");
        }
        return input.withMade(rowIds, MadeColumn.ascending(rowId).forNullsToo())
                .withMade(rowVersions, MadeColumn.constant((long) rowVersion).forNullsToo());
    }
}
