package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.format.PhysicalType;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cannot become of the form is refused with file and column, and nothing is written. */
class ShapedRefusalsTest extends ShapedMergeCase {
    @Test
    void whatCannotBeDoneIsRefusedWithFileAndColumn() throws IOException {
        Path a = file("a.parquet", "optional int64 id = 1; optional binary name (STRING) = 2;");
        TargetField number = TargetField.leaf("name", PhysicalType.INT32).withId(2);

        assertRefused(TargetShape.byFieldId(List.of(ID.required())), input(a), "a.parquet", "id", "may hold nulls");
        assertRefused(TargetShape.byFieldId(List.of(ID, number)), input(a), "a.parquet", "name", "BYTE_ARRAY", "INT32");
        assertRefused(
                TargetShape.byFieldId(List.of(ID, NAME.withId(5).required())), input(a), "a.parquet", "name", "lacks");
        assertRefused(
                TargetShape.byFieldId(
                        List.of(ID, TargetField.group("name", number).withId(2))),
                input(a),
                "a.parquet",
                "name",
                "group");
    }

    @Test
    void nullsOfOtherColumnsThanNumbersOfTheRootAreNotFilled() throws IOException {
        Path a =
                file("a.parquet", "optional binary name (STRING) = 2; optional group g = 3 { optional int64 id = 1; }");

        assertRefused(
                TargetShape.byFieldId(List.of(NAME)),
                input(a).withMade("name", MadeColumn.constant(new byte[1]).forNullsToo()),
                "a.parquet",
                "name",
                "INT64");
        assertRefused(
                TargetShape.byFieldId(List.of(TargetField.group("g", ID).withId(3))),
                input(a).withMade(List.of("g", "id"), MadeColumn.constant(1L).forNullsToo()),
                "a.parquet",
                "g.id",
                "root");
    }

    @Test
    void anInputThatIsNotWhatTheTableSaysIsRefused() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID));

        assertThatThrownBy(() -> merge(shape, input(a).withRows(299)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("300 rows")
                .hasMessageContaining("299");
        assertThatThrownBy(() -> merge(shape, input(a).withSize(Files.size(a) + 1)))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("bytes");
        assertThat(merged()).doesNotExist();
        merge(shape, input(a).withRows(300).withSize(Files.size(a)));
    }

    @Test
    void aTargetThatIsThereIsNotReplaced() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        Files.writeString(merged(), "kept");

        assertThatThrownBy(() -> merge(TargetShape.byFieldId(List.of(ID)), inputs(a)))
                .isInstanceOf(StorageFailed.class);

        assertThat(merged()).hasContent("kept");
    }

    @Test
    void valuesThatAreNoneOfTheirColumnAreRefused() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID, NAME));

        for (ShapedInput input : List.of(
                input(a).withMade("name", MadeColumn.constant(1)),
                input(a).withMade("name", MadeColumn.ascending(1)),
                input(a).withMade("nam", MadeColumn.constant(new byte[1])))) {
            assertThatThrownBy(() -> merge(shape, input)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void numbersThatPassSixtyFourBitsAreRefused() throws IOException {
        Path a = file("a.parquet", "required int32 x = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID.withId(2)));

        assertThatThrownBy(() -> merge(shape, input(a).withMade("id", MadeColumn.ascending(Long.MAX_VALUE - 100))))
                .isInstanceOf(Unsupported.class);
    }
}
