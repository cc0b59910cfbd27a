package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.Fragment;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.generate.ValueShape;
import io.glulam.testkit.generate.WriterSettings;
import io.glulam.testkit.generate.WriterSettings.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a survey finds about the columns of three fragments, from which their tiers are decided. */
@Tag("once")
class ColumnFactsTest {
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(PrimitiveTypeName.INT64)
            .named("indices")
            .required(PrimitiveTypeName.BOOLEAN)
            .named("flags")
            .named("schema");

    @TempDir
    Path folder;

    private SurveyedFile write(CompressionCodecName lastCodec) throws IOException {
        Path path = folder.resolve("source.parquet");
        WriterSettings settings = WriterSettings.defaults()
                .withVersion(WriterVersion.PARQUET_1_0)
                .withCodec(CompressionCodecName.SNAPPY)
                .with(Feature.DICTIONARY);
        ParquetJavaFiles.write(
                FileRecipe.of(Seeds.base(), SCHEMA)
                        .withShape("indices", ValueShape.DRIFTING)
                        .withShape("flags", ValueShape.LOW_CARDINALITY)
                        .withFragments(List.of(
                                new Fragment(203, settings),
                                new Fragment(157, settings),
                                new Fragment(181, settings.withCodec(lastCodec)))),
                path);
        return new SurveyedFile(path);
    }

    @Test
    void indicesOfDifferentDictionariesHaveAUnion() throws IOException {
        SurveyedColumn column = write(CompressionCodecName.SNAPPY).column(0, 1 << 20);
        ColumnFacts facts = column.facts();

        assertThat(facts.type()).isEqualTo(PhysicalType.INT64);
        assertThat(facts.fragments()).isEqualTo(3);
        assertThat(facts.rows()).isEqualTo(203 + 157 + 181);
        assertThat(facts.values()).isEqualTo(facts.rows());
        assertThat(facts.nulls()).isZero();
        assertThat(facts.compressedBytes()).isEqualTo(column.sourceBytes());
        assertThat(facts.pages().count()).isEqualTo(column.pageCount());
        assertThat(facts.pages().indexed()).isEqualTo(column.pageCount());
        assertThat(facts.pages().versions()).containsExactly(1);
        assertThat(facts.pages().encodings()).containsExactly(Encoding.PLAIN_DICTIONARY.value());
        assertThat(facts.dictionaries().count()).isEqualTo(3);
        assertThat(facts.dictionaries().arePrefixes()).isFalse();
        assertThat(facts.dictionaries().possible()).isTrue();
        assertThat(facts.dictionaries().plainBefore()).isFalse();
        assertThat(facts.dictionaries().unionBytes())
                .isEqualTo(8 * facts.dictionaries().unionEntries());
        assertThat(facts.dictionaries().largestBytes())
                .isPositive()
                .isLessThan(facts.dictionaries().unionBytes());
    }

    @Test
    void aUnionOverTheCapIsOnlySaidToBeTooLarge() throws IOException {
        ColumnFacts facts = write(CompressionCodecName.SNAPPY).column(0, 8).facts();

        assertThat(facts.dictionaries().count()).isEqualTo(3);
        assertThat(facts.dictionaries().unionBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(facts.dictionaries().arePrefixes()).isFalse();
    }

    @Test
    void booleansHaveNoDictionaryAndGetNone() throws IOException {
        ColumnFacts facts =
                write(CompressionCodecName.SNAPPY).column(1, 1 << 20).facts();

        assertThat(facts.pages().encodings()).containsExactly(Encoding.PLAIN.value());
        assertThat(facts.pages().indexed()).isZero();
        assertThat(facts.dictionaries().count()).isZero();
        assertThat(facts.dictionaries().unionBytes()).isZero();
        assertThat(facts.dictionaries().possible()).isFalse();
    }

    @Test
    void codecsOfAllFragmentsAreSeen() throws IOException {
        ColumnFacts facts = write(CompressionCodecName.ZSTD).column(1, 1 << 20).facts();

        assertThat(facts.pages().codecs())
                .isEqualTo(Set.of(CompressionCodec.SNAPPY.ordinal(), CompressionCodec.ZSTD.ordinal()));
        assertThat(facts.quirks().unknownPageTypes()).isFalse();
        assertThat(facts.quirks().rowsCountable()).isTrue();
    }
}
