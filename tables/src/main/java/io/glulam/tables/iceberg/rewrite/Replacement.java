package io.glulam.tables.iceberg.rewrite;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/**
 * A new file and the files that it replaces.
 *
 * @param sources entries of the files that are replaced
 * @param deletes that were applied to the sources, those of several sources once for each
 * @param file entry of the new file
 */
record Replacement(List<DataFile> sources, List<DeleteFile> deletes, DataFile file) {
    Replacement {
        sources = List.copyOf(sources);
        deletes = List.copyOf(deletes);
    }
}
