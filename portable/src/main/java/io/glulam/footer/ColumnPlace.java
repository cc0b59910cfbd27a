package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a leaf column of an output gets its chunk from, in a row group of a source whose columns lie otherwise. */
public sealed interface ColumnPlace {
    /** Returns the number of the source's leaf column that holds the values; −1 if the source has none of them. */
    int column();

    /**
     * A chunk of the source, moved.
     *
     * @param path of the column in the output, if it has another one there; else null
     */
    record Moved(int column, ChunkMove move, @Nullable List<String> path) implements ColumnPlace {}

    /**
     * A chunk that was made for the output.
     *
     * @param leaf the output's column
     * @param chunk its footer entry
     */
    record Made(int column, Leaf leaf, ColumnChunk chunk) implements ColumnPlace {}
}
