package io.glulam.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void theDefaultsAreTheDocumentedOnes() {
        Settings defaults = Settings.defaults();

        assertThat(defaults.threshold()).isEqualTo(new Threshold.Fixed(2 << 20));
        assertThat(defaults.targetBytes()).isEqualTo(128 << 20);
        assertThat(defaults.maxRows()).isEqualTo(1_048_576);
        assertThat(defaults.pageBytes()).isEqualTo(1 << 20);
        assertThat(defaults.pageRows()).isEqualTo(20_000);
        assertThat(defaults.order()).isEqualTo(Order.PRESERVE);
        assertThat(defaults.effort()).isEqualTo(Effort.BALANCED);
        assertThat(defaults.rewrite()).isEqualTo(Rewrite.FRAGMENTS);
        assertThat(defaults.form()).isEqualTo(OutputForm.DEFAULT);
        assertThat(defaults.verify()).isEqualTo(Verify.STRUCTURE);
        assertThat(defaults.strict()).isFalse();
        assertThat(defaults.dictionaryCapBytes()).isEqualTo(1 << 20);
    }

    @Test
    void eachSettingChangesAlone() {
        Settings changed = Settings.defaults()
                .withThreshold(Threshold.AUTO)
                .withTargetBytes(2)
                .withMaxRows(3)
                .withPages(4, 5)
                .withOrder(Order.HEALTHY_FIRST)
                .withEffort(Effort.SMALLEST)
                .withRewrite(Rewrite.ALL)
                .withForm(OutputForm.DEFAULT.withCompression(Compression.KEEP))
                .withVerify(Verify.VALUES)
                .withStrict(true)
                .withDictionaryCapBytes(6);

        assertThat(changed.threshold()).isEqualTo(Threshold.AUTO);
        assertThat(changed.targetBytes()).isEqualTo(2);
        assertThat(changed.maxRows()).isEqualTo(3);
        assertThat(changed.pageBytes()).isEqualTo(4);
        assertThat(changed.pageRows()).isEqualTo(5);
        assertThat(changed.order()).isEqualTo(Order.HEALTHY_FIRST);
        assertThat(changed.effort()).isEqualTo(Effort.SMALLEST);
        assertThat(changed.rewrite()).isEqualTo(Rewrite.ALL);
        assertThat(changed.form()).isEqualTo(OutputForm.DEFAULT.withCompression(Compression.KEEP));
        assertThat(changed.verify()).isEqualTo(Verify.VALUES);
        assertThat(changed.strict()).isTrue();
        assertThat(changed.dictionaryCapBytes()).isEqualTo(6);
    }

    @Test
    void theTableIsInOrderAndItsTextsGiveItsDefaults() {
        for (int i = 0; i < Setting.ALL.size(); i++) {
            assertThat(Setting.ALL.get(i).index()).isEqualTo(i);
        }
        for (Setting<?> setting : Setting.offered()) {
            boolean parsable =
                    !List.of("codec", "writer-compat", "readers", "strict").contains(setting.name());
            if (parsable) {
                assertThat(setting.parse(setting.usualText(), Settings.defaults()))
                        .as(setting.name())
                        .isEqualTo(Settings.defaults());
            }
            assertThat(setting.about()).as(setting.name()).doesNotEndWith(".");
        }
    }

    @Test
    void enginesAreHeldOnceAndInOneOrder() {
        Settings settings = Setting.READERS.parse("duckdb,spark,duckdb", Settings.defaults());

        assertThat(settings.get(Setting.READERS)).containsExactly(Reader.SPARK, Reader.DUCKDB);
        assertThat(settings).isEqualTo(Setting.READERS.parse("Spark,DuckDB", Settings.defaults()));
    }

    @Test
    void rowsOfAPageFollowTheEffortUnlessTheyWereSet() {
        Settings smallest = Settings.defaults().withEffort(Effort.SMALLEST);

        assertThat(smallest.pageRows()).isEqualTo(100_000);
        assertThat(smallest.withEffort(Effort.COPY).pageRows()).isEqualTo(20_000);
        assertThat(Settings.defaults()
                        .withPages(4, 20_000)
                        .withEffort(Effort.SMALLEST)
                        .pageRows())
                .as("what was set stays, though it is the usual number of another effort")
                .isEqualTo(20_000);
    }

    @Test
    void impossibleSettingsAreRefusedWithASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.defaults().withTargetBytes(0))
                .withMessage("the target size of a row group must be at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.defaults().withMaxRows(-3))
                .withMessage("the most rows of a row group must be at least 1, not -3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.defaults().withDictionaryCapBytes(-1))
                .withMessage("the cap of a union dictionary must be at least 0, not -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Threshold.Fixed(0))
                .withMessage("the threshold must be at least 1 byte, not 0");
    }
}
