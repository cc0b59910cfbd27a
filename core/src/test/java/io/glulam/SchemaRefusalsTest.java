package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which differences of schemas a merge refuses. */
@Tag("once")
class SchemaRefusalsTest extends SchemaMergeCase {
    private void assertRefused(Path a, Path b, String column) {
        assertThatThrownBy(() -> merge(a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(a.getFileName().toString())
                .hasMessageContaining(b.getFileName().toString())
                .hasMessageContaining(column);
        assertThat(merged()).doesNotExist();
    }

    @Test
    void aRepeatedColumnThatIsMissingIsRefused() throws IOException {
        Path a = java("a.parquet", "required int32 x; repeated int64 n;");
        Path b = java("b.parquet", "required int32 x;");

        assertRefused(a, b, "n REPEATED INT64");
        assertRefused(b, a, "n REPEATED INT64");
    }

    @Test
    void filesThatShareNoColumnAreRefused() throws IOException {
        assertRefused(
                java("a.parquet", "optional int32 x; optional int32 z;"),
                java("b.parquet", "optional int32 y;"),
                "none of the columns");
    }

    @Test
    void listsOfTwoAndOfThreeLevelsAreRefused() throws IOException {
        Path a = java("a.parquet", "optional int32 x; optional group l (LIST) { repeated int32 element; }");
        Path b = java(
                "b.parquet",
                "optional int32 x; optional group l (LIST) { repeated group list { optional int32 element; } }");

        assertRefused(a, b, "l OPTIONAL group");
    }

    @Test
    void idsAndNamesThatContradictEachOtherAreRefused() throws IOException {
        Path a = java("a.parquet", "required int32 x = 1; required int32 y = 2;");
        Path b = java("b.parquet", "required int32 x = 2; required int32 y = 1;");

        assertRefused(a, b, "schema element x");
    }

    @Test
    void columnsWhoseNamesDifferInUpperAndLowerCaseOnlyAreRefused() throws IOException {
        Path a = java("a.parquet", "optional int32 x; optional int32 y;");
        Path b = java("b.parquet", "optional int32 x; optional int32 Y;");

        assertRefused(a, b, "Y OPTIONAL");
    }

    @Test
    void anOptionalAndARepeatedFieldAreRefused() throws IOException {
        Path a = java("a.parquet", "required int32 x; optional int32 y;");
        Path b = java("b.parquet", "required int32 x; repeated int32 y;");

        assertRefused(a, b, "y REPEATED");
    }

    @Test
    void aFileWithoutIdsThatWouldTearARenamedColumnApartIsRefused() throws IOException {
        Path a = java("a.parquet", "optional int32 old = 1; optional int64 n = 2;");
        Path b = java("b.parquet", "optional int32 young = 1; optional int64 n = 2;");
        Path c = java("c.parquet", "optional int64 n; optional int32 more;");

        assertThatThrownBy(() -> merge(a, b, c))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("c.parquet")
                .hasMessageContaining("field ids");
    }
}
