package io.glulam.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void theDefaultsAreTheDocumentedOnes() {
        assertThat(Settings.defaults())
                .isEqualTo(new Settings(
                        new Threshold.Fixed(2 << 20),
                        128 << 20,
                        1_048_576,
                        1 << 20,
                        20_000,
                        Order.PRESERVE,
                        Effort.BALANCED,
                        Rewrite.FRAGMENTS,
                        OutputForm.DEFAULT,
                        Verify.STRUCTURE,
                        false,
                        1 << 20));
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
        assertThat(changed)
                .isEqualTo(new Settings(
                        Threshold.AUTO,
                        2,
                        3,
                        4,
                        5,
                        Order.HEALTHY_FIRST,
                        Effort.SMALLEST,
                        Rewrite.ALL,
                        OutputForm.DEFAULT.withCompression(Compression.KEEP),
                        Verify.VALUES,
                        true,
                        6));
    }

    @Test
    void rowsOfAPageFollowTheEffortUnlessTheyWereSet() {
        Settings smallest = Settings.defaults().withEffort(Effort.SMALLEST);

        assertThat(smallest.pageRows()).isEqualTo(100_000);
        assertThat(smallest.withEffort(Effort.COPY).pageRows()).isEqualTo(20_000);
        assertThat(Settings.defaults()
                        .withPages(4, 5)
                        .withEffort(Effort.SMALLEST)
                        .pageRows())
                .isEqualTo(5);
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
