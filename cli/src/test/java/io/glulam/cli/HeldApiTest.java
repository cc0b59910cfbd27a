package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.api.HeldApi;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers of the library lose nothing: {@code api} holds every type and member that they can use. */
class HeldApiTest {
    @ParameterizedTest
    @ValueSource(strings = {"portable", "core", "s3", "tables"})
    void callersLoseNothing(String module) throws IOException {
        HeldApi api = new HeldApi(Path.of("..", module));
        if (System.getProperty("glulam.api.write") != null) {
            api.write();
        }
        assertThat(api.losses()).isEmpty();
    }
}
