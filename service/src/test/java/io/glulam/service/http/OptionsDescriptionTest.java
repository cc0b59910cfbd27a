package io.glulam.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.Setting;
import io.glulam.plan.SettingForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The description of the API and the documentation know the settings that the table knows, with their values. */
class OptionsDescriptionTest {
    private static final Pattern WORD = Pattern.compile("`([A-Za-z]+)`");

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @Test
    void everySettingIsDescribedWithItsValues() throws IOException {
        Map<String, Object> description;
        try (InputStream yaml = HttpService.class.getResourceAsStream("openapi.yaml")) {
            description = new Yaml().load(yaml);
        }
        Map<String, Object> options =
                map(map(map(map(description.get("components")).get("schemas")).get("Options"))
                        .get("properties"));

        assertThat(options.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Setting.offered().stream().map(Setting::camelCase).toList());
        for (Setting<?> setting : Setting.offered()) {
            SettingForm<?> form = setting.form();
            Map<String, Object> described = map(options.get(setting.camelCase()));
            assertThat(described.get("type")).as(setting.name()).isEqualTo(type(form.json()));
            Map<String, Object> value = form.json() == SettingForm.Json.LIST ? map(described.get("items")) : described;
            assertThat(value.get("enum"))
                    .as(setting.name())
                    .isEqualTo(form.words().isEmpty() ? null : form.words());
        }
    }

    private static Object type(SettingForm.Json json) {
        return switch (json) {
            case TEXT -> "string";
            case NUMBER -> "integer";
            case TEXT_OR_NUMBER -> List.of("string", "integer");
            case FLAG -> "boolean";
            case LIST -> "array";
        };
    }

    @Test
    void theDocumentationNamesEverySetting() throws IOException {
        String row = Files.readString(Path.of("../docs/service.md"))
                .lines()
                .filter(line -> line.startsWith("| `options` |"))
                .findFirst()
                .orElseThrow();

        Set<String> documented = WORD.matcher(row.substring("| `options` |".length()))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(documented)
                .isEqualTo(Setting.offered().stream().map(Setting::camelCase).collect(Collectors.toSet()));
    }
}
