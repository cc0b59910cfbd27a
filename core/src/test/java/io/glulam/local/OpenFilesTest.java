package io.glulam.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
    private static final String HEAD = "Limit                     Soft Limit           Hard Limit           Units";

    @Test
    void theLimitIsWhatTheSystemTells() {
        assertThat(OpenFiles.limit(List.of(
                        HEAD, "Max open files            4096                 524288               files     ")))
                .isEqualTo(4096);
        assertThat(OpenFiles.limit(List.of("Max open files   unlimited  unlimited  files")))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(OpenFiles.limit()).isPositive();
    }

    @Test
    void whatIsNotUnderstoodIsTheUsualLimit() {
        assertThat(OpenFiles.limit(List.of(HEAD))).isEqualTo(1024);
        assertThat(OpenFiles.limit(List.of("Max open files   many  more  files")))
                .isEqualTo(1024);
    }
}
