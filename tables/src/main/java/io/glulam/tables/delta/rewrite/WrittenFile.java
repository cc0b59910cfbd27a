package io.glulam.tables.delta.rewrite;

import io.glulam.storage.ObjectRef;
import io.glulam.storage.Traffic;
import io.glulam.tables.TableReport.AppliedDeletes;
import io.glulam.tables.TableReport.MovedBytes;
import io.glulam.tables.delta.files.TableFolder;
import io.glulam.tables.delta.plan.MergeGroup;

/**
 * A new file that is not committed yet.
 *
 * @param file what the commit needs to know of it
 * @param object where it lies
 * @param made how its bytes were made
 * @param deletes what became of rows that deletion vectors named
 * @param traffic what writing it took of stores
 */
record WrittenFile(NewFile file, ObjectRef object, MovedBytes made, AppliedDeletes deletes, Traffic traffic) {
    static WrittenFile of(MergeGroup group, OutputResult.NewFile file, TableFolder folder) {
        ObjectRef object = folder.file(file.path());
        if (object == null) {
            throw new IllegalStateException("a new file outside of the table's folder");
        }
        return new WrittenFile(
                new NewFile(
                        group,
                        file.path(),
                        file.modified(),
                        file.columns(),
                        file.bytes(),
                        file.rows(),
                        file.inputRows(),
                        file.found()),
                object,
                file.made(),
                file.deletes(),
                file.traffic());
    }

    MergeGroup group() {
        return file.group();
    }
}
