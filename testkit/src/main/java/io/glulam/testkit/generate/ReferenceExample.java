package io.glulam.testkit.generate;

import static org.apache.parquet.schema.Type.Repetition.OPTIONAL;
import static org.apache.parquet.schema.Type.Repetition.REQUIRED;

import io.glulam.testkit.generate.WriterSettings.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * The example that the documentation uses: row groups of 1.5, 1.2, 5.0 and 0.8 MB, exact within 2 %. Keys, measurements
 * and tokens do not compress; the kind is a dictionary of a few words.
 */
public final class ReferenceExample {
    /** The compressed sizes of the row groups, in bytes. */
    public static final List<Integer> SIZES = List.of(1_500_000, 1_200_000, 5_000_000, 800_000);

    private static final double BYTES_PER_ROW = 32.4;
    private static final MessageType SCHEMA = Types.buildMessage()
            .addField(LeafKind.INT64.named("key", REQUIRED))
            .addField(LeafKind.INT64.named("measurement", REQUIRED))
            .addField(LeafKind.UUID.named("token", REQUIRED))
            .addField(LeafKind.STRING.named("kind", OPTIONAL))
            .named("reference");

    private ReferenceExample() {}

    /** Writes it with SNAPPY. */
    public static Generated write(Path file) throws IOException {
        return write(file, CompressionCodecName.SNAPPY);
    }

    /** Writes it with another codec: the sizes stay, since nothing compresses. */
    public static Generated write(Path file, CompressionCodecName codec) throws IOException {
        Map<String, ValueShape> shapes = Map.of(
                "key", ValueShape.HIGH_CARDINALITY,
                "measurement", ValueShape.HIGH_CARDINALITY,
                "token", ValueShape.HIGH_CARDINALITY,
                "kind", ValueShape.LOW_CARDINALITY);
        int[] rows =
                SIZES.stream().mapToInt(size -> (int) (size / BYTES_PER_ROW)).toArray();
        FileRecipe recipe = new FileRecipe(1, SCHEMA, shapes, List.of(), Map.of())
                .withRows(rows)
                .withSettings(settings -> settings.withCodec(codec).with(Feature.DICTIONARY));
        return ParquetJavaFiles.write(recipe, file);
    }
}
