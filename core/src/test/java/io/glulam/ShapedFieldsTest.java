package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import io.glulam.plan.Tier;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.junit.jupiter.api.Test;

/** An input's fields are found by id or by name, at every level, and fields that the form lacks are left out. */
class ShapedFieldsTest extends ShapedMergeCase {
    @Test
    void renamedAndReorderedFieldsAreFoundByTheirIds() throws IOException {
        Path a = file("a.parquet", "required binary old (STRING) = 2; required int64 id = 1;");
        Path b = file("b.parquet", "optional int64 id = 1; optional binary name (STRING) = 2;");

        ShapedReport report = merge(TargetShape.byFieldId(List.of(ID, NAME)), inputs(a, b));

        assertThat(names()).containsExactly("id", "name");
        assertThat(report.rows()).isEqualTo(600);
        assertThat(report.inputRows()).containsExactly(300L, 300L);
        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, old FROM '%s' UNION ALL SELECT id, name FROM '%s'".formatted(a, b)));
    }

    @Test
    void aColumnThatAllInputsHaveAsRequiredStaysSoAndItsPagesMove() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; required binary name (STRING) = 2;");
        Path b = file("b.parquet", "required int64 id = 1; optional binary name (STRING) = 2;");

        ShapedReport report = merge(TargetShape.byFieldId(List.of(ID, NAME)).followingInputs(), inputs(a, b));

        try (ParquetFile file = ParquetFile.open(merged())) {
            assertThat(file.metaData().getSchema().stream().skip(1).map(SchemaElement::getRepetition_type))
                    .containsExactly(FieldRepetitionType.REQUIRED, FieldRepetitionType.OPTIONAL);
        }
        assertThat(report.rows()).isEqualTo(600);
        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM '%s' UNION ALL SELECT id, name FROM '%s'".formatted(a, b)));
    }

    @Test
    void aColumnThatOneInputLacksDoesNotStayRequired() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; required binary name (STRING) = 2;");
        Path b = file("b.parquet", "required int64 id = 1;");

        merge(TargetShape.byFieldId(List.of(ID, NAME)).followingInputs(), inputs(a, b));

        try (ParquetFile file = ParquetFile.open(merged())) {
            assertThat(file.metaData().getSchema().stream().skip(1).map(SchemaElement::getRepetition_type))
                    .containsExactly(FieldRepetitionType.REQUIRED, FieldRepetitionType.OPTIONAL);
        }
        assertThat(rows("SELECT count(*), count(name) FROM '%s'".formatted(merged())))
                .containsExactly(List.of("600", "300"));
    }

    @Test
    void requiredFieldsInWhichAnInputMayHoldNullsBecomeOptionalAtEveryLevel() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; required group g = 3 { required int32 x = 4; }");
        Path b = file("b.parquet", "optional int64 id = 1; optional group g = 3 { optional int32 x = 4; }");
        TargetField x = TargetField.leaf("x", PhysicalType.INT32).withId(4).required();
        TargetShape shape = TargetShape.byFieldId(
                List.of(ID.required(), TargetField.group("g", x).withId(3).required()));

        assertThatThrownBy(() -> merge(shape, inputs(a, b))).isInstanceOf(Unsupported.class);
        merge(shape.followingInputs(), inputs(a, b));

        try (ParquetFile file = ParquetFile.open(merged())) {
            assertThat(file.metaData().getSchema().stream().skip(1).map(SchemaElement::getRepetition_type))
                    .hasSize(3)
                    .containsOnly(FieldRepetitionType.OPTIONAL);
        }
        assertThat(rows("SELECT id, g FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, g FROM '%s' UNION ALL SELECT id, g FROM '%s'".formatted(a, b)));
    }

    @Test
    void elementsAndValuesInWhichAnInputMayHoldNullsBecomeOptionalWhateverTheirNames() throws IOException {
        Path a = file(
                "a.parquet",
                "required group l (LIST) = 1 { repeated group list { required int64 element = 2; } }"
                        + " required group m (MAP) = 3 { repeated group key_value {"
                        + " required int32 key = 4; required int64 value = 5; } }");
        Path b = file(
                "b.parquet",
                "required group l (LIST) = 1 { repeated group bag { optional int64 array = 2; } }"
                        + " required group m (MAP) = 3 { repeated group map {"
                        + " required int32 key = 4; optional int64 value = 5; } }");
        TargetField item =
                TargetField.leaf("item", PhysicalType.INT64).withId(2).required();
        TargetField key = TargetField.leaf("k", PhysicalType.INT32).withId(4);
        TargetField value = TargetField.leaf("v", PhysicalType.INT64).withId(5).required();
        TargetShape shape = TargetShape.byFieldId(List.of(
                TargetField.list("l", item).withId(1).required(),
                TargetField.map("m", key, value).withId(3).required()));

        merge(shape.followingInputs(), inputs(a, b));

        assertThat(rows("SELECT l, m FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT l, m FROM '%s' UNION ALL SELECT l, m FROM '%s'".formatted(a, b)));
    }

    @Test
    void fieldsInListsOfTwoLevelsInWhichAnInputMayHoldNullsBecomeOptional() throws IOException {
        Path a = file(
                "a.parquet", "required group l (LIST) = 1 { repeated group l_tuple = 2 { required int64 x = 3; } }");
        Path b = file(
                "b.parquet", "required group l (LIST) = 1 { repeated group l_tuple = 2 { optional int64 x = 3; } }");
        TargetField tuple = TargetField.group(
                        "l_tuple",
                        TargetField.leaf("x", PhysicalType.INT64).withId(3).required())
                .with(Repetition.REPEATED)
                .withId(2);
        TargetField list = TargetField.group("l", tuple).as(LogicalType.of(LogicalType.LIST));
        TargetShape shape = TargetShape.byFieldId(List.of(list.withId(1).required()));

        merge(shape.followingInputs(), inputs(a, b));

        assertThat(rows("SELECT l FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT l FROM '%s' UNION ALL SELECT l FROM '%s'".formatted(a, b)));
    }

    @Test
    void anInputThatLacksARequiredFieldIsRefusedThoughAnotherMayHoldNullsInIt() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; optional binary name (STRING) = 2;");
        Path b = file("b.parquet", "required int64 id = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(ID, NAME.required())).followingInputs();

        assertThatThrownBy(() -> merge(shape, inputs(a, b)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("lacks the column");
        assertThat(merged()).doesNotExist();
    }

    @Test
    void fieldsThatTheShapeLacksAreLeftOutWithAllBelow() throws IOException {
        Path a = file(
                "a.parquet",
                "required int64 id = 1; optional group g = 3 { optional int32 x = 4; optional binary y = 5; }"
                        + " optional binary name (STRING) = 2;");

        ShapedReport report = merge(TargetShape.byFieldId(List.of(ID, NAME)), inputs(a, a));

        assertThat(names()).containsExactly("id", "name");
        assertThat(report.dropped()).anySatisfy(text -> assertThat(text).contains("field g:"));
        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM read_parquet(['%s', '%s'])".formatted(a, a)));
        assertThat(report.compaction().plan().groups()).hasSize(1);
        assertThat(tiers(report)).doesNotContain(Tier.RECODE);
    }

    @Test
    void aStructAndAListMatchByIdsAtEveryLevel() throws IOException {
        Path a = file(
                "a.parquet",
                "optional group s = 1 { required double x = 2; optional int32 y = 3; }"
                        + " optional group l (LIST) = 4 { repeated group bag { optional group item = 5 {"
                        + " optional int64 k = 6; optional binary v (STRING) = 7; } } }");
        Path b = file(
                "b.parquet",
                "optional group l (LIST) = 4 { repeated group list { required group element = 5 {"
                        + " optional binary w (STRING) = 7; } } } optional group t = 1 { optional double x = 2; }");
        TargetShape shape = TargetShape.byFieldId(List.of(
                TargetField.group(
                                "s", TargetField.leaf("x", PhysicalType.DOUBLE).withId(2))
                        .withId(1),
                TargetField.list(
                                "l",
                                TargetField.group(
                                                "element",
                                                TargetField.leaf("v", PhysicalType.BYTE_ARRAY)
                                                        .as(LogicalType.string())
                                                        .withId(7),
                                                TargetField.leaf("k", PhysicalType.INT64)
                                                        .withId(6))
                                        .withId(5))
                        .withId(4)));

        merge(shape, inputs(a, b));

        String wanted = """
            SELECT CASE WHEN s IS NULL THEN NULL ELSE {'x': s.x} END AS s,
                list_transform(l, lambda e: CASE WHEN e IS NULL THEN NULL ELSE {'v': e.v, 'k': e.k} END) AS l FROM '%s'
            UNION ALL SELECT t, list_transform(l, lambda e: {'v': e.w, 'k': NULL::BIGINT}) FROM '%s'\
            """;
        assertThat(rows("SELECT s, l FROM '%s'".formatted(merged()))).isEqualTo(rows(wanted.formatted(a, b)));
    }

    @Test
    void withoutIdsFieldsAreFoundByANameMapping() throws IOException {
        Path a = file(
                "a.parquet",
                "required int64 nr; optional group l (LIST) { repeated group bag { optional int32 item; } }"
                        + " optional int32 more;");
        TargetShape shape = TargetShape.byFieldId(List.of(
                ID,
                TargetField.list(
                                "l",
                                TargetField.leaf("element", PhysicalType.INT32).withId(4))
                        .withId(3)));
        Map<List<String>, Integer> ids = Map.of(List.of("nr"), 1, List.of("l"), 3, List.of("l", "element"), 4);

        assertThatThrownBy(() -> merge(shape, inputs(a)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("a.parquet")
                .hasMessageContaining("have no ids");
        ShapedReport report = merge(shape, input(a).withNameMapping(ids::get));

        assertThat(rows("SELECT id, l FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT nr, l FROM '%s'".formatted(a)));
        assertThat(report.dropped()).anySatisfy(text -> assertThat(text).contains("field more:"));
        assertThat(report.columns().get(1).fieldId()).isEqualTo(4);
    }

    @Test
    void byNameFieldsAreFoundWhateverTheirIds() throws IOException {
        Path a = file("a.parquet", "required int64 id = 7; optional binary name (STRING);");
        Path b = file("b.parquet", "optional binary name (STRING) = 1; required int64 id;");

        merge(TargetShape.byName(List.of(ID, NAME)), inputs(a, b));

        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM '%s' UNION ALL SELECT id, name FROM '%s'".formatted(a, b)));
    }
}
