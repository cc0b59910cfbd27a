package io.glulam.testkit.bytes;

import io.glulam.testkit.read.LeafColumn;
import io.glulam.testkit.read.Triplets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.SchemaElement;

/** How a file is written. Setters return this. */
public final class FileScript {
    /** Where indexes or Bloom filters lie. */
    public enum Placement {
        BEHIND_ROW_GROUP,
        BEFORE_FOOTER
    }

    final List<SchemaElement> schema;
    final List<RowGroupScript> rowGroups = new ArrayList<>();
    final List<KeyValue> keyValues = new ArrayList<>();
    final long seed;
    String createdBy = "parquet-mr version 1.15.0 (build 0000000000000000000000000000000000000000)";
    boolean columnOrders = true;
    boolean ordinals;
    Placement indexes = Placement.BEFORE_FOOTER;
    Placement bloomFilters = Placement.BEFORE_FOOTER;
    Consumer<FileMetaData> metaData = footer -> {};
    UnaryOperator<byte[]> footer = bytes -> bytes;
    UnaryOperator<byte[]> file = bytes -> bytes;

    /**
     * @param schema flattened, the root first
     * @param seed of everything that is chosen at random while writing
     */
    public FileScript(List<SchemaElement> schema, long seed) {
        this.schema = List.copyOf(schema);
        this.seed = seed;
    }

    public List<LeafColumn> leaves() {
        return LeafColumn.of(schema);
    }

    public List<RowGroupScript> rowGroups() {
        return rowGroups;
    }

    /** What a reader must find. */
    public Triplets expected(int rowGroup, int leaf) {
        return rowGroups.get(rowGroup).chunks().get(leaf).triplets();
    }

    public FileScript rowGroup(RowGroupScript group) {
        rowGroups.add(group);
        return this;
    }

    /** For each row group a file with it alone, otherwise like this one. */
    public List<FileScript> pieces() {
        List<FileScript> pieces = new ArrayList<>();
        for (RowGroupScript group : rowGroups) {
            FileScript piece = new FileScript(schema, seed).rowGroup(group);
            piece.keyValues.addAll(keyValues);
            piece.createdBy = createdBy;
            piece.columnOrders = columnOrders;
            piece.ordinals = ordinals;
            piece.indexes = indexes;
            piece.bloomFilters = bloomFilters;
            piece.metaData = metaData;
            piece.footer = footer;
            piece.file = file;
            pieces.add(piece);
        }
        return pieces;
    }

    public FileScript eachChunk(Consumer<ChunkScript> change) {
        rowGroups.forEach(group -> group.chunks().forEach(change));
        return this;
    }

    /** A key with a value, or with none if that is null. */
    public FileScript keyValue(String key, String value) {
        KeyValue pair = new KeyValue(key);
        pair.setValue(value);
        keyValues.add(pair);
        return this;
    }

    /** Null leaves it out. */
    public FileScript createdBy(String value) {
        createdBy = value;
        return this;
    }

    public FileScript withoutColumnOrders() {
        columnOrders = false;
        return this;
    }

    public FileScript withOrdinals() {
        ordinals = true;
        return this;
    }

    public FileScript indexes(Placement value) {
        indexes = value;
        return this;
    }

    public FileScript bloomFilters(Placement value) {
        bloomFilters = value;
        return this;
    }

    /** Changes the finished footer. */
    public FileScript tamper(Consumer<FileMetaData> change) {
        metaData = metaData.andThen(change);
        return this;
    }

    /** Changes the footer's Thrift bytes; the length behind them is that of the result. */
    public FileScript tamperFooter(UnaryOperator<byte[]> change) {
        UnaryOperator<byte[]> before = footer;
        footer = bytes -> change.apply(before.apply(bytes));
        return this;
    }

    /** Changes the whole file. */
    public FileScript tamperFile(UnaryOperator<byte[]> change) {
        file = change;
        return this;
    }

    /** The file's bytes; the same every time. */
    public byte[] bytes() {
        return new ByteWriter(this).write();
    }
}
