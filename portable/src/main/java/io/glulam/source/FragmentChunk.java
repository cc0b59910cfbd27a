package io.glulam.source;

import io.glulam.format.ColumnChunk;
import io.glulam.statistics.WriterTrust;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column chunk of a fragment: one source of a merged column chunk. Fragments that are merged lie in one file; of several
 * inputs, in the file that presents them as one.
 *
 * @param file through which its pages are read; it may hold some of their bytes
 * @param rowGroup its position in the file's footer
 * @param rows of the row group
 * @param chunk the column's footer entry there
 */
public record FragmentChunk(SourceFile file, int rowGroup, long rows, ColumnChunk chunk) {
    /**
     * Returns these fragments of one column, read through a file that reads short chunks whole and holds them as long as it is
     * used.
     */
    public static List<FragmentChunk> holding(List<FragmentChunk> fragments) {
        List<ColumnChunk> chunks = fragments.stream().map(FragmentChunk::chunk).toList();
        return through(fragments.get(0).file.holding(1, chunks), fragments);
    }

    /** Returns these fragments, read through another view of their file. */
    public static List<FragmentChunk> through(SourceFile file, List<FragmentChunk> fragments) {
        return fragments.stream()
                .map(fragment -> new FragmentChunk(file, fragment.rowGroup, fragment.rows, fragment.chunk))
                .toList();
    }

    /** Returns the known faults of the row group's writer. */
    public WriterTrust trust() {
        return file.trust(rowGroup);
    }

    /** Returns the {@code created_by} of the file that the row group comes from; null if absent. */
    public @Nullable String createdBy() {
        return trust().createdBy();
    }

    /** Returns the offset at which the chunk ends at the latest. */
    public long end() {
        return file.end(rowGroup, chunk);
    }
}
