package io.glulam.testkit.lint;

import io.glulam.testkit.read.ChunkPages;
import io.glulam.testkit.read.ColumnReader;
import io.glulam.testkit.read.DecodedPage;
import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.ParquetFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;

/**
 * A column chunk's claims and what is true of it.
 *
 * @param pages facts of the data pages, in order
 * @param total their sum
 * @param trusted whether the file declares the column's order, so that readers use its bounds
 */
public record ChunkFacts(
        ParquetFile file,
        int rowGroup,
        LeafColumn leaf,
        ColumnMetaData claims,
        ChunkPages walk,
        ValueOrder order,
        boolean trusted,
        List<PageFacts> pages,
        PageFacts total) {

    /** Decodes a chunk; the visitor sees each page. */
    public static ChunkFacts gather(ParquetFile file, int rowGroup, LeafColumn leaf, Consumer<DecodedPage> visitor) {
        boolean declared = file.metaData().isSetColumn_orders()
                && file.metaData().getColumn_orders().size() > leaf.index();
        ValueOrder order = ValueOrder.of(
                leaf.element(), declared ? file.metaData().getColumn_orders().get(leaf.index()) : null);
        List<PageFacts> pages = new ArrayList<>();
        PageFacts total = PageFacts.none(leaf);
        ColumnReader reader = file.column(rowGroup, leaf.index());
        while (reader.hasNext()) {
            DecodedPage decoded = reader.next();
            visitor.accept(decoded);
            PageFacts facts = PageFacts.of(decoded, total.rows, leaf, order);
            pages.add(facts);
            total.add(facts, order);
        }
        return new ChunkFacts(
                file,
                rowGroup,
                leaf,
                file.chunkMetaData(rowGroup, leaf.index()),
                file.pages(rowGroup, leaf.index()),
                order,
                declared,
                pages,
                total);
    }
}
