package io.glulam.tables.iceberg.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RewriteOptionsTest {
    private static RewriteOptions of(Map<String, String> options) {
        return RewriteOptions.of(options, Map.of());
    }

    @Test
    void defaultsAreThoseOfIceberg() {
        RewriteOptions options = of(Map.of());
        assertThat(options.targetBytes()).isEqualTo(512L << 20);
        assertThat(options.minBytes()).isEqualTo(384L << 20);
        assertThat(options.minInputFiles()).isEqualTo(5);
        assertThat(options.maxGroupBytes()).isEqualTo(100L << 30);
        assertThat(options.maxCommits()).isEqualTo(10);
        assertThat(options.partialProgress()).isFalse();
        assertThat(RewriteOptions.of(Map.of(), Map.of("write.target-file-size-bytes", "1000"))
                        .targetBytes())
                .isEqualTo(1000);
    }

    @Test
    void optionsThatAreNotKnownOrAskForWhatBytesCannotDoAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of("no-such", "1")))
                .withMessageContaining("there is no option no-such")
                .withMessageContaining("min-input-files");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of("delete-file-threshold", "1")))
                .withMessageContaining("left as they are");
        assertThatIllegalArgumentException().isThrownBy(() -> of(Map.of("output-spec-id", "1")));
        assertThatIllegalArgumentException().isThrownBy(() -> of(Map.of("use-starting-sequence-number", "false")));
    }

    @Test
    void valuesThatCannotBeMeantAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> of(Map.of("min-input-files", "0")));
        assertThatIllegalArgumentException().isThrownBy(() -> of(Map.of("min-input-files", "two")));
        assertThatIllegalArgumentException().isThrownBy(() -> of(Map.of("rewrite-all", "yes")));
        assertThatIllegalArgumentException().isThrownBy(() -> of(Map.of("rewrite-job-order", "random")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of("target-file-size-bytes", "10", "min-file-size-bytes", "20")));
    }
}
