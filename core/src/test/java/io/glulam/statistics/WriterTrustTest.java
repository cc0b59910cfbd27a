package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.format.Statistics;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.CorruptStatistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WriterTrustTest {
    private static final Leaf STRING = OrderedColumn.STRING.leaf();

    static List<String> creators() {
        return List.of(
                "",
                "parquet-mr",
                "parquet-mr version",
                "parquet-mr version (build abc)",
                "parquet-mr version 1.6.0",
                "parquet-mr version 1.6.0rc3 (build abc)",
                "parquet-mr version 1.7.9 (build abc)",
                "parquet-mr version 1.8.0 (build 0fda28af84b9746396014ad6a415b90592a98b3b)",
                "parquet-mr version 1.8.0rc2 (build abc)",
                "parquet-mr version 1.8.0-SNAPSHOT (build abc)",
                "parquet-mr version 1.8.1 (build abc)",
                "parquet-mr version 1.8.1-fast-201810222024530884-012b95c (build abc)",
                "parquet-mr version 1.10.99.7.2.16.0-164 (build abc)",
                "parquet-mr version 1.16.0-SNAPSHOT (build abc)",
                "parquet-mr version 2.0.0 (build abc)",
                "parquet-mr version 0.1.2 (build abc)",
                "parquet-mr version 1.8 (build abc)",
                "parquet-mr version x.y.z (build abc)",
                "parquet-mr version 1.5.0-cdh5.4.999 (build abc)",
                "parquet-mr version 1.5.0-cdh5.5.0 (build abc)",
                "parquet-mr version 1.5.0-cdh5.5.0-SNAPSHOT (build abc)",
                "parquet-mr version 1.5.0-cdh5.15.0-SNAPSHOT (build abc)",
                "parquet-mr version 1.5.0-cdh6.0.0 (build abc)",
                "parquet-mr version 1.5.0 (build abc)",
                "parquet-mr version 1.4.9-cdh5.5.0 (build abc)",
                "parquet-mr version 1.5.1-cdh5.5.0 (build abc)",
                "parquet-mr version 1.9.0-cdh6.x-SNAPSHOT (build abc)",
                "parquet-mr version 1.8.0 (bui,d 0fda28af84b9746396014ad6a415b90592a98b3b)",
                "parquet-mr compatible Photon version 0.2 (build 16.4)",
                "parquet-cpp version 1.5.1-SNAPSHOT",
                "parquet-cpp-arrow version 24.0.0",
                "parquet-rs version 4.1.0 (build abc)",
                "impala version 1.3.0-INTERNAL (build abc)",
                "fastparquet-python version 1.0.0 (build 111)",
                "some text without form");
    }

    @ParameterizedTest
    @MethodSource("creators")
    void distrustsBinaryBoundsAndDeltaPagesOfTheWritersThatParquetJavaDoes(String createdBy) {
        WriterTrust trust = WriterTrust.of(createdBy);
        assertThat(trust.trustsBounds(STRING))
                .isEqualTo(!CorruptStatistics.shouldIgnoreStatistics(createdBy, PrimitiveTypeName.BINARY));
        assertThat(trust.trustsPagesOf(Encoding.DELTA_BYTE_ARRAY.value()))
                .isEqualTo(!CorruptDeltaByteArrays.requiresSequentialReads(
                        createdBy, org.apache.parquet.column.Encoding.DELTA_BYTE_ARRAY));
        assertThat(trust.trustsPagesOf(Encoding.PLAIN.value())).isTrue();
        assertThat(trust.trustsBounds(OrderedColumn.INT64.leaf())).isTrue();
    }

    @Test
    void aMissingNameIsTrustedWithNothingBinary() {
        WriterTrust trust = WriterTrust.of(null);
        assertThat(trust.family()).isEqualTo(WriterFamily.UNNAMED);
        assertThat(trust.trustsBounds(STRING)).isFalse();
        assertThat(trust.trustsPagesOf(Encoding.DELTA_BYTE_ARRAY.value())).isFalse();
    }

    @Test
    void aShortNameIsEnoughWhereItCannotBeParquetMr() {
        assertThat(WriterTrust.of("DuckDB").trustsBounds(STRING)).isTrue();
        assertThat(WriterTrust.of("Polars").trustsBounds(STRING)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parquet-mr version 1.12.3 (build x)|PARQUET_MR",
                "parquet-mr|PARQUET_MR",
                "parquet-mr compatible Photon version 0.2 (build 16.4)|PARQUET_MR",
                "parquet-cpp version 1.5.1-SNAPSHOT|PARQUET_CPP",
                "parquet-cpp-arrow version 24.0.0|ARROW_CPP",
                "parquet-cpp-velox|ARROW_CPP",
                "parquet-rs version 53.2.0|ARROW_RS",
                "datafusion version 52.5.0|ARROW_RS",
                "fastparquet-python version 2024.2.0 (build 0)|FASTPARQUET",
                "DuckDB version v2.0.0 (build 1)|DUCKDB",
                "DuckDB|DUCKDB",
                "Polars|POLARS",
                "hyparquet|HYPARQUET",
                "impala version 4.4.0-SNAPSHOT (build x)|IMPALA",
                "parquet-mr-trino version testversion (build n/a)|TRINO",
                "Trino version 400 (build n/a)|TRINO",
                "github.com/parquet-go/parquet-go version 0.30.1(build)|PARQUET_GO",
                "parquet-go version latest|PARQUET_GO",
                "HVR 5.3.0/9 (linux_glibc2.5-x64-64bit)|OTHER",
            })
    void knowsTheFamily(String createdBy, WriterFamily family) {
        assertThat(WriterTrust.of(createdBy).family()).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({
        "parquet-cpp version 1.5.1-SNAPSHOT, false, false",
        "parquet-cpp-arrow version 3.0.0, false, false",
        "parquet-cpp-arrow version 4.0.0, true, true",
        "parquet-cpp-arrow, false, false",
        "parquet-rs version 12.0.0, false, false",
        "parquet-rs version 53.0.0, true, false",
        "github.com/parquet-go/parquet-go version 0.30.1(build), false, false",
        "parquet-mr version 1.12.3 (build x), true, true",
        "DuckDB version v2.0.0 (build 1), true, true",
    })
    void distrustsDecimalBoundsOfWritersThatComparedThemWrongly(String createdBy, boolean fixed, boolean variable) {
        WriterTrust trust = WriterTrust.of(createdBy);
        assertThat(trust.trustsBounds(OrderedColumn.FIXED_DECIMAL.leaf())).isEqualTo(fixed);
        assertThat(trust.trustsBounds(OrderedColumn.VARIABLE_DECIMAL.leaf())).isEqualTo(variable);
        assertThat(trust.trustsBounds(OrderedColumn.INT32.leaf())).isTrue();
    }

    @Test
    void distrustsUnsignedBoundsOfOldParquetRs() {
        assertThat(WriterTrust.of("parquet-rs version 12.0.0").trustsBounds(OrderedColumn.UINT32.leaf()))
                .isFalse();
        assertThat(WriterTrust.of("parquet-rs version 13.0.0").trustsBounds(OrderedColumn.UINT32.leaf()))
                .isTrue();
    }

    @Test
    void distrustsHalfFloatBoundsOfArrow() {
        Leaf leaf = OrderedColumn.FLOAT16.leaf();
        assertThat(WriterTrust.of("parquet-cpp-arrow version 24.0.0").trustsBounds(leaf))
                .isFalse();
        assertThat(WriterTrust.of("parquet-mr version 1.15.0 (build x)").trustsBounds(leaf))
                .isTrue();
    }

    @Test
    void distrustsInt32DecimalBoundsOfHyparquet() {
        Leaf decimal = new Leaf(0, List.of("x"), PhysicalType.INT32, 0, 0, 1, SortOrder.INT32_SIGNED, 6);
        assertThat(WriterTrust.of("hyparquet").trustsBounds(decimal)).isFalse();
        assertThat(WriterTrust.of("hyparquet").trustsBounds(OrderedColumn.INT32.leaf()))
                .isTrue();
        assertThat(WriterTrust.of("parquet-mr version 1.15.0 (build x)").trustsBounds(decimal))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "parquet-rs version 53.0.0, 0",
        "parquet-rs version 53.1.0, -1",
        "datafusion version 42.0.0, 0",
        "datafusion version 42.1.0, -1",
        "parquet-mr version 1.15.0 (build x), -1",
    })
    void anAbsentNullCountIsZeroWhereTheWriterLeavesOutZeros(String createdBy, long nulls) {
        assertThat(WriterTrust.of(createdBy).meant(Statistics.NONE, 1).nullCount())
                .isEqualTo(nulls);
    }

    @Test
    void withoutColumnOrdersOnlySignedBoundsAreDefinedExceptDuckDbs() {
        WriterTrust arrow = WriterTrust.of("parquet-cpp-arrow version 24.0.0", false);
        assertThat(arrow.trustsBounds(STRING)).isFalse();
        assertThat(arrow.trustsBounds(OrderedColumn.UINT64.leaf())).isFalse();
        assertThat(arrow.trustsBounds(OrderedColumn.INT64.leaf())).isTrue();
        assertThat(WriterTrust.of("DuckDB version v1.2.1 (build x)", false).trustsBounds(STRING))
                .isTrue();
    }

    @Test
    void theDictionaryHeaderMayMissFromChunkSizesOfTheOldestParquetMr() {
        assertThat(WriterTrust.of("parquet-mr version 1.2.8 (build x)").trustsChunkSizes())
                .isFalse();
        assertThat(WriterTrust.of("parquet-mr").trustsChunkSizes()).isTrue();
        assertThat(WriterTrust.of("parquet-mr version 1.2.9 (build x)").trustsChunkSizes())
                .isTrue();
        assertThat(WriterTrust.of("parquet-cpp version 1.0.0").trustsChunkSizes())
                .isTrue();
    }

    static Stream<String> plainSpeakers() {
        return Stream.of(
                "",
                "DuckDB",
                "parquet-mr version 1.6.0",
                "parquet-cpp-arrow version 1.0.0",
                "parquet-cpp version 2.0.0");
    }

    @ParameterizedTest
    @MethodSource("plainSpeakers")
    void mostNamesPromiseNothingAboutPages(String createdBy) {
        assertThat(WriterTrust.of(createdBy).dialect().isPlain()).isTrue();
    }

    @Test
    void fastparquetAndOldParquetCppSpeakDialects() {
        assertThat(WriterTrust.of("fastparquet-python version 1.0.0 (build 111)")
                        .dialect())
                .isEqualTo(new WriterDialect(true, true, false, false));
        assertThat(WriterTrust.of("parquet-cpp version 1.5.1-SNAPSHOT").dialect())
                .isEqualTo(new WriterDialect(false, false, true, false));
        assertThat(WriterTrust.of("parquet-mr version 1.12.0 (build x)").dialect())
                .isEqualTo(new WriterDialect(false, false, false, true));
    }

    @Test
    void anEndlessNameIsNoName() {
        assertThat(WriterTrust.of("parquet-mr version 1.8.0" + "9".repeat(1 << 20))
                        .trustsBounds(STRING))
                .isFalse();
    }
}
