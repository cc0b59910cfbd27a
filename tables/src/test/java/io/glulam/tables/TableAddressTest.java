package io.glulam.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableAddressTest {
    @Test
    void anIcebergTableHasACatalogANamespaceOfLevelsAndAName() {
        assertThat(TableAddress.parse("iceberg:prod.db.events"))
                .isEqualTo(new TableAddress.Iceberg("prod", List.of("db"), "events"));
        assertThat(TableAddress.parse("iceberg:prod.a.b.events"))
                .isEqualTo(new TableAddress.Iceberg("prod", List.of("a", "b"), "events"))
                .hasToString("iceberg:prod.a.b.events");
    }

    @Test
    void aDeltaTableIsAPlace() {
        assertThat(TableAddress.parse("delta:s3://lake/events"))
                .isEqualTo(new TableAddress.Delta("s3://lake/events"))
                .hasToString("delta:s3://lake/events");
    }

    @Test
    void otherTextsAreRefusedWithTheFormThatIsExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableAddress.parse("iceberg:events"))
                .withMessageContaining("iceberg:CATALOG.NAMESPACE.TABLE");
        assertThatIllegalArgumentException().isThrownBy(() -> TableAddress.parse("iceberg:a..b"));
        assertThatIllegalArgumentException().isThrownBy(() -> TableAddress.parse("delta:"));
        assertThatIllegalArgumentException().isThrownBy(() -> TableAddress.parse("/data/events.parquet"));
        assertThat(TableAddress.isOne("s3://lake/events")).isFalse();
    }
}
