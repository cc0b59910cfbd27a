package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.cli.config.Configuration;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that are set once for all runs. */
class ConfigTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private Path config;
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        environment.put("XDG_CONFIG_HOME", home.toString());
        config = home.resolve("glulam/config");
        Files.createDirectory(config.getParent());
        file = Demo.file(home, "a.parquet", 2);
    }

    private Run run(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                new Output(out, err, StandardCharsets.UTF_8, Terminal.NONE),
                environment,
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Object effortOfThePlan(Object... options) {
        Object[] arguments = new Object[options.length + 3];
        arguments[0] = "plan";
        arguments[1] = file;
        arguments[2] = "--json";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return ((Map<?, ?>) run(arguments).document().get("settings")).get("effort");
    }

    @Test
    void aFileThatCannotBeFoundOutToExistSaysNothing() {
        // As another user's home does, which may not be searched; tests may run as root, which may search all.
        environment.put("XDG_CONFIG_HOME", file.toString());
        assertThat(effortOfThePlan()).isEqualTo("BALANCED");
    }

    @Test
    void whatIsTypedComesBeforeAVariableAndThatBeforeTheFile() throws IOException {
        assertThat(effortOfThePlan()).isEqualTo("BALANCED");

        Files.writeString(config, "# once for all\n\neffort = copy\n");
        assertThat(effortOfThePlan()).isEqualTo("COPY");

        environment.put("GLULAM_EFFORT", "smallest");
        assertThat(effortOfThePlan()).isEqualTo("SMALLEST");
        assertThat(effortOfThePlan("--effort", "balanced")).isEqualTo("BALANCED");
    }

    @Test
    void everyValueIsListedWithItsOrigin() throws IOException {
        Files.writeString(config, "# mine\nendpoint = https://store.example\n");
        environment.put("GLULAM_THREADS", "3");

        Map<String, Object> values = run("config", "--json").document();

        assertThat(values.keySet()).containsExactlyElementsOf(Configuration.NAMES);
        assertThat(values)
                .containsEntry("endpoint", Map.of("value", "https://store.example", "origin", config + ":2"))
                .containsEntry("threads", Map.of("value", "3", "origin", "GLULAM_THREADS"))
                .containsEntry("effort", Map.of("value", "balanced", "origin", "default"));
        assertThat(run("config").out()).containsSubsequence("--threads", "3", "GLULAM_THREADS", config.toString());
    }

    @Test
    void aLineThatNamesNoSettingIsRefusedWithItsPlace() throws IOException {
        for (String line : List.of("efort = copy", "force = true", "in-place", "yes = true", "effort =", "= copy")) {
            Files.writeString(config, "threads = 1\n" + line + "\n");

            Run run = run("plan", file);

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("glulam: " + config + ":2: ").hasLineCount(1);
        }
    }

    @Test
    void aValueThatAnOptionRefusesIsRefusedWithItsPlace() throws IOException {
        Files.writeString(config, "threads = many\n");
        assertThat(run("plan", file).err()).contains("'many'", "(set by " + config + ":1)");

        Files.delete(config);
        environment.put("GLULAM_EFFORT", "heroic");
        Run run = run("plan", file);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("is none of copy", "(set by GLULAM_EFFORT)");
    }

    @Test
    void aPlanIsCarriedOutWithTheSettingsThatItHolds() throws IOException {
        Path plan = home.resolve("saved.plan");
        assertThat(run("plan", file, "--effort", "copy", "--save", plan).code()).isZero();
        Files.writeString(config, "effort = smallest\n");

        Run run = run("compact", file, "-o", home.resolve("out.parquet"), "--plan", plan, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void serversHaveTheirOwnSettings() throws IOException {
        Files.writeString(config, "nonsense\n");

        assertThat(run("serve", "--help").code()).isZero();
        assertThat(run("version").code()).isZero();
    }
}
