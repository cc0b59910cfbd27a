package io.glulam.testkit.read;

import java.util.Objects;
import java.util.Optional;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/** Compares what a compaction must carry over unchanged in the footer, as Thrift objects. */
public final class MetadataComparison {
    private MetadataComparison() {}

    /** Schema, version, key-value metadata, column orders and number of rows. */
    public static Optional<String> firstDifference(ParquetFile a, ParquetFile b) {
        FileMetaData metaA = a.metaData();
        FileMetaData metaB = b.metaData();
        // As text: a logical type or a column order that the generated classes do not know is a union that cannot be
        // compared.
        return differs("schema", metaA.getSchema().toString(), metaB.getSchema().toString())
                .or(() -> differs("version", metaA.getVersion(), metaB.getVersion()))
                .or(() -> differs("key-value metadata", metaA.getKey_value_metadata(), metaB.getKey_value_metadata()))
                .or(() -> differs(
                        "column orders",
                        String.valueOf(metaA.getColumn_orders()),
                        String.valueOf(metaB.getColumn_orders())))
                .or(() -> differs("number of rows", rows(metaA), rows(metaB)));
    }

    /** As {@link #firstDifference}, and {@code created_by} too. */
    public static Optional<String> firstDifferenceWithCreator(ParquetFile a, ParquetFile b) {
        return firstDifference(a, b)
                .or(() -> differs(
                        "created_by", a.metaData().getCreated_by(), b.metaData().getCreated_by()));
    }

    /** By the row groups: what the footer says of the whole file may be false. */
    private static long rows(FileMetaData meta) {
        return meta.getRow_groups().stream().mapToLong(RowGroup::getNum_rows).sum();
    }

    private static Optional<String> differs(String what, Object a, Object b) {
        return Objects.equals(a, b) ? Optional.empty() : Optional.of(what + ": " + a + " against " + b);
    }
}
