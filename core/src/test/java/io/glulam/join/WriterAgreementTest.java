package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.Leaf;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RangeReader;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.SchemaScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IEEE754TotalOrder;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name in the output is that of a writer that readers trust with no more than any of the others. */
class WriterAgreementTest {
    private static final String MR = "parquet-mr version 1.15.0 (build 0)";
    private static final String MR_BEFORE_BINARY_BOUNDS = "parquet-mr version 1.6.0 (build 0)";
    private static final String MR_BEFORE_CHUNK_SIZES = "parquet-mr version 1.2.8 (build 0)";
    private static final String DUCKDB = "DuckDB version v1.4.0 (build 0)";
    private static final String HYPARQUET = "hyparquet";
    private static final String OLD_CPP = "parquet-cpp version 1.5.0 (build 0)";
    private static final String OLD_RS = "parquet-rs version 12.0.0";
    private static final String FASTPARQUET = "fastparquet-python version 2024.2.0 (build 0)";

    private static final List<SchemaElement> NUMBERS =
            new SchemaScript().required("n", Type.INT64).build();
    private static final List<SchemaElement> TEXTS = new SchemaScript()
            .required("n", Type.INT64)
            .text("t", FieldRepetitionType.OPTIONAL)
            .build();
    private static final List<SchemaElement> UNSIGNED = unsigned();
    private static final List<SchemaElement> TIMES =
            new SchemaScript().optional("at", Type.INT96).build();

    private static List<SchemaElement> unsigned() {
        SchemaScript schema = new SchemaScript().text("t", FieldRepetitionType.OPTIONAL);
        schema.required("n", Type.INT32).last().setLogicalType(LogicalType.INTEGER(new IntType((byte) 32, false)));
        return schema.build();
    }

    @TempDir
    Path folder;

    private int files;

    /** The chosen name; null for none. */
    private @Nullable String chosen(List<SchemaElement> schema, @Nullable String... writers) {
        WriterAgreement agreement = new WriterAgreement();
        for (String writer : writers) {
            add(agreement, new FileScript(schema, 1).createdBy(writer));
        }
        return text(agreement.choose(List.of()).createdBy());
    }

    private void add(WriterAgreement agreement, FileScript script) {
        try {
            Path file = Files.write(folder.resolve("file-" + files++ + ".parquet"), script.bytes());
            ObjectRef object = LocalStore.object(file);
            try (RangeReader reader = object.store().open(object.key())) {
                Footer footer = FooterReader.read(reader, 1 << 20);
                agreement.add(new Input(object, reader.size(), reader.version()), footer, byPath(footer));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<List<String>, Leaf> byPath(Footer footer) {
        Map<List<String>, Leaf> leaves = new LinkedHashMap<>();
        footer.schema().leaves().forEach(leaf -> leaves.put(leaf.path(), leaf));
        return leaves;
    }

    /** Behind its length, which is one byte for these names. */
    private static @Nullable String text(byte @Nullable [] binary) {
        return binary == null ? null : new String(Arrays.copyOfRange(binary, 1, binary.length), StandardCharsets.UTF_8);
    }

    @Test
    void oneWriterKeepsItsName() {
        assertThat(chosen(TEXTS, DUCKDB, DUCKDB)).isEqualTo(DUCKDB);
        assertThat(chosen(TEXTS, MR_BEFORE_CHUNK_SIZES)).isEqualTo(MR_BEFORE_CHUNK_SIZES);
    }

    @Test
    void ofWritersThatAreTrustedAlikeTheFirstIsTaken() {
        assertThat(chosen(TEXTS, DUCKDB, MR)).isEqualTo(DUCKDB);
        assertThat(chosen(TEXTS, MR, DUCKDB)).isEqualTo(MR);
    }

    @Test
    void boundsThatWereNotTrustedAreNotTrustedUnderAnotherName() {
        assertThat(chosen(TEXTS, DUCKDB, MR_BEFORE_BINARY_BOUNDS)).isEqualTo(MR_BEFORE_BINARY_BOUNDS);
        assertThat(chosen(TEXTS, DUCKDB, HYPARQUET, MR)).isEqualTo(HYPARQUET);
    }

    @Test
    void faultsOfTypesThatNoColumnHasDoNotMatter() {
        assertThat(chosen(NUMBERS, DUCKDB, MR_BEFORE_BINARY_BOUNDS)).isEqualTo(DUCKDB);
    }

    @Test
    void sizesOfChunksThatLeaveOutAHeaderAreNotTrustedUnderAnotherName() {
        assertThat(chosen(NUMBERS, MR, MR_BEFORE_CHUNK_SIZES)).isEqualTo(MR_BEFORE_CHUNK_SIZES);
    }

    @Test
    void noPageComesUnderANameThatHasReadersDecompressItAnyway() {
        assertThat(chosen(NUMBERS, MR, OLD_CPP)).isEqualTo(MR);
        assertThat(chosen(NUMBERS, OLD_CPP, MR)).isEqualTo(MR);
        assertThat(chosen(NUMBERS, OLD_CPP, OLD_CPP)).isEqualTo(OLD_CPP);
    }

    @Test
    void ofWritersOfWhichEachIsTrustedWithMoreThanTheOtherTheFirstIsTaken() {
        assertThat(chosen(UNSIGNED, OLD_RS, HYPARQUET)).isEqualTo(OLD_RS);
        assertThat(chosen(UNSIGNED, HYPARQUET, OLD_RS)).isEqualTo(HYPARQUET);
    }

    @Test
    void pagesAreNotPutUnderANameWhoseReaderTakesShortcuts() {
        assertThat(chosen(NUMBERS, FASTPARQUET, MR)).isEqualTo(MR);
        assertThat(chosen(NUMBERS, FASTPARQUET, FASTPARQUET)).isEqualTo(FASTPARQUET);
    }

    @Test
    void int96OfSeveralFamiliesIsRefused() {
        assertThatThrownBy(() -> chosen(TIMES, MR, "parquet-cpp-arrow version 15.0.0"))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("column at")
                .hasMessageContaining("INT96");
    }

    @Test
    void ordersThatOneFileDoesNotDeclareAreNotDeclared() {
        WriterAgreement agreement = new WriterAgreement();
        add(agreement, new FileScript(TEXTS, 1).createdBy(MR));
        add(agreement, new FileScript(TEXTS, 1).createdBy(MR).withoutColumnOrders());

        assertThat(agreement.choose(List.of()).columnOrders()).isNull();
    }

    /** Glulam has no order for either; a reader that knows one of them would believe the other file's bounds newly. */
    @Test
    void ordersThatAreDeclaredOtherwiseAreRefusedEvenIfUnknown() {
        WriterAgreement agreement = new WriterAgreement();
        add(agreement, new FileScript(TIMES, 1).createdBy(MR));
        FileScript other = new FileScript(TIMES, 1)
                .createdBy(MR)
                .tamper(footer ->
                        footer.setColumn_orders(List.of(ColumnOrder.IEEE_754_TOTAL_ORDER(new IEEE754TotalOrder()))));

        assertThatThrownBy(() -> add(agreement, other))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("column order");
    }

    @Test
    void ordersThatAllDeclareStay() {
        WriterAgreement agreement = new WriterAgreement();
        add(agreement, new FileScript(TEXTS, 1).createdBy(MR));
        add(agreement, new FileScript(TEXTS, 1).createdBy(DUCKDB));

        assertThat(agreement.choose(List.of()).columnOrders()).isNotNull();
    }
}
