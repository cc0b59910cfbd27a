package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.OutputForm;
import io.glulam.plan.Reader;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of newer encodings, for an engine that knows only the old ones. */
class ReadersTest {
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.BINARY)
            .named("name")
            .named("schema");
    private static final Settings FOR_IMPALA = Settings.defaults()
            .withEffort(Effort.COPY)
            .withForm(OutputForm.DEFAULT.withReaders(List.of(Reader.IMPALA)));
    private static final Threshold ALL_HEALTHY = new Threshold.Fixed(1);

    @TempDir
    Path folder;

    private Path source;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        source = folder.resolve("delta.parquet");
        output = folder.resolve("output.parquet");
        FileRecipe recipe = FileRecipe.of(11, SCHEMA)
                .withShape("name", ValueShape.HIGH_CARDINALITY)
                .withRows(500, 500, 500)
                .withSettings(settings -> settings.withVersion(WriterVersion.PARQUET_2_0));
        ParquetJavaFiles.write(recipe, source);
    }

    @Test
    void fragmentsAreWrittenInEncodingsThatItKnows() throws IOException {
        compact(FOR_IMPALA);

        assertOldFormsOnly();
    }

    @Test
    void healthyRowGroupsThatItCannotReadAreRefusedRatherThanKept() {
        assertThatThrownBy(() -> compact(FOR_IMPALA.withThreshold(ALL_HEALTHY)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("delta.parquet, row group 0, column name")
                .hasMessageContaining("impala does not know its encoding DELTA_BYTE_ARRAY")
                .hasMessageContaining("rewriting all row groups");
        assertThat(output).doesNotExist();
    }

    @Test
    void pagesOfAVersionThatItCannotReadAreNotKept() throws IOException {
        // Indices of a dictionary: nothing but the page version is new.
        FileRecipe recipe = FileRecipe.of(12, SCHEMA)
                .withShape("name", ValueShape.LOW_CARDINALITY)
                .withRows(500, 500)
                .withSettings(settings -> settings.withVersion(WriterVersion.PARQUET_2_0));
        ParquetJavaFiles.write(recipe, source);

        assertThatThrownBy(() -> compact(FOR_IMPALA.withThreshold(ALL_HEALTHY)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("impala does not know its data pages of version 2");
    }

    @Test
    void healthyRowGroupsAreWrittenAnewOnRequest() throws IOException {
        compact(FOR_IMPALA.withThreshold(ALL_HEALTHY).withRewrite(Rewrite.ALL));

        assertOldFormsOnly();
    }

    private void compact(Settings settings) {
        new Compactor(CompactionOptions.defaults().withSettings(settings)).run(Job.of(source, output));
    }

    private void assertOldFormsOnly() throws IOException {
        try (ParquetFile file = ParquetFile.open(output)) {
            for (int rowGroup = 0; rowGroup < file.rowGroups(); rowGroup++) {
                assertThat(file.chunkMetaData(rowGroup, 0).getEncodings())
                        .isSubsetOf(Encoding.PLAIN, Encoding.RLE, Encoding.PLAIN_DICTIONARY, Encoding.RLE_DICTIONARY);
                assertThat(file.chunkMetaData(rowGroup, 0).getEncoding_stats())
                        .noneMatch(kind -> kind.getPage_type() == PageType.DATA_PAGE_V2);
            }
        }
    }
}
