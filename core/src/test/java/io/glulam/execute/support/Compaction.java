package io.glulam.execute.support;

import io.glulam.codec.JvmCodecs;
import io.glulam.execute.PlanExecutor;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalFileReader;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Verify;
import io.glulam.planning.Planner;
import io.glulam.planning.SurveyCache;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeReader;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.generate.WriterSettings.Feature;
import io.glulam.threads.LocalResources;
import io.glulam.verify.OutputVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * A planned compaction with a bit of everything, for tests that break something: two healthy row groups, fragments
 * between them, dictionaries that are equal (word) and that differ (name), plain columns, nulls, indexes and bloom
 * filters.
 */
public final class Compaction implements AutoCloseable {
    private static final long BUFFERS = 16L << 20;
    private static final ExecutionResources RESOURCES = new LocalResources(2, BUFFERS, null, false);
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("key")
            .required(PrimitiveTypeName.INT64)
            .named("other")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("name")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("word")
            .repeated(PrimitiveTypeName.DOUBLE)
            .named("numbers")
            .named("schema");

    private final LocalFileReader reader;
    public final SourceFile file;
    public final Plan plan;

    private Compaction(LocalFileReader reader, SourceFile file, Plan plan) {
        this.reader = reader;
        this.file = file;
        this.plan = plan;
    }

    public static Compaction of(Path folder, WriterVersion version, Verify verify) throws IOException {
        return of(folder, version, verify, UnaryOperator.identity());
    }

    /** Its source is read through what {@code fault} makes of the reader. */
    public static Compaction of(Path folder, WriterVersion version, Verify verify, UnaryOperator<RangeReader> fault)
            throws IOException {
        Path source = folder.resolve("source.parquet");
        FileRecipe recipe = FileRecipe.of(3, SCHEMA)
                .withShape("key", ValueShape.HIGH_CARDINALITY)
                .withShape("other", ValueShape.HIGH_CARDINALITY)
                .withShape("name", ValueShape.DRIFTING)
                .withShape("word", ValueShape.CONSTANT)
                .withShape("numbers", ValueShape.HIGH_CARDINALITY)
                .withRows(3_000, 400, 400, 3_100, 400)
                .withSettings(settings -> settings.withVersion(version)
                        .withPages(1 << 20, 150)
                        .with(Feature.DICTIONARY)
                        .with(Feature.BLOOM_FILTERS));
        ParquetJavaFiles.write(recipe, source);
        LocalFileReader reader = LocalFileReader.open(source);
        SourceFile sound = SourceFile.of(reader, FooterReader.read(reader, BUFFERS), BUFFERS, JvmCodecs.INSTANCE);
        Settings settings = Settings.defaults()
                .withEffort(Effort.COPY)
                .withOrder(Order.HEALTHY_FIRST)
                .withVerify(verify)
                .withPages(1 << 20, 500)
                .withThreshold(new Threshold.Fixed(sound.footer().compressedSize(0) / 2));
        Plan plan = new Planner(new SurveyCache(sound, settings, RESOURCES), settings, done -> {}).plan();
        SourceFile file = SourceFile.of(fault.apply(reader), sound.footer(), BUFFERS, JvmCodecs.INSTANCE);
        return new Compaction(reader, file, plan);
    }

    /** Position in the output of a row group that was merged. */
    public int merged() {
        return position(OutputGroup.MergedGroup.class);
    }

    /** Position in the output of a row group that was kept. */
    public int kept() {
        return position(OutputGroup.KeptGroup.class);
    }

    private int position(Class<? extends OutputGroup> kind) {
        for (int i = 0; i < plan.groups().size(); i++) {
            if (kind.isInstance(plan.groups().get(i))) {
                return i;
            }
        }
        throw new AssertionError("no " + kind.getSimpleName() + " in " + plan.groups());
    }

    public <W extends MemoryWriter> W run(W out) {
        new PlanExecutor(new SurveyCache(file, plan.settings(), RESOURCES), RESOURCES, done -> {}).execute(plan, out);
        return out;
    }

    public void verify(byte[] output) {
        new OutputVerifier(file, plan, new MemoryWriter().with(output), RESOURCES.workers()).verify();
    }

    /** A file with a changed footer. */
    public static byte[] withFooter(byte[] file, Consumer<FileMetaData> change) throws IOException {
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
        int start = file.length - 8 - length;
        FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, length));
        change.accept(footer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(file, start));
        Util.writeFileMetaData(footer, out);
        int written = out.size() - start;
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(written)
                .put("PAR1".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .array());
        return out.toByteArray();
    }

    @Override
    public void close() {
        reader.close();
    }
}
