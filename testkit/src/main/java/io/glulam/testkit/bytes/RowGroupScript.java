package io.glulam.testkit.bytes;

import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.RowGroup;

/**
 * A row group: one chunk per leaf, in schema order.
 *
 * @param rows the number of rows that the footer states
 * @param tamper changes the finished footer entry
 */
public record RowGroupScript(long rows, List<ChunkScript> chunks, Consumer<RowGroup> tamper) {
    public RowGroupScript(long rows, List<ChunkScript> chunks) {
        this(rows, List.copyOf(chunks), group -> {});
    }

    public RowGroupScript tamper(Consumer<RowGroup> change) {
        return new RowGroupScript(rows, chunks, tamper.andThen(change));
    }
}
