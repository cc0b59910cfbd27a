package io.glulam.tables.iceberg.rewrite;

import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * A new file and the files that it replaces.
 *
 * @param sources entries of the files that are replaced
 * @param file entry of the new file
 */
record Replacement(List<DataFile> sources, DataFile file) {
    Replacement {
        sources = List.copyOf(sources);
    }
}
