package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command and its documentation know the settings that the table knows. */
class SettingsTest {
    private static final Pattern FIELD = Pattern.compile("\"([a-z_]+)\": (?!\\{)");

    @ParameterizedTest
    @ValueSource(strings = {"compact", "plan"})
    void everySettingIsAFlagWithItsHelp(String command) {
        String help = Run.of(command, "--help-all").out().replaceAll("\\s+", " ");

        for (Setting<?> setting : Setting.offered()) {
            assertThat(help).contains("--" + setting.name()).contains(setting.about());
        }
    }

    @Test
    void theDocumentedPlanHasTheFieldsOfAllSettings() throws IOException {
        String documented = Files.readString(Path.of("..", "docs", "json.md"));
        String settings = documented.substring(documented.indexOf("\"settings\": {"));

        assertThat(FIELD.matcher(settings.substring(0, settings.indexOf('}')))
                        .results()
                        .map(match -> match.group(1)))
                .as("a field for each setting, and the codec's level")
                .containsExactlyElementsOf(Setting.planFields());
    }
}
