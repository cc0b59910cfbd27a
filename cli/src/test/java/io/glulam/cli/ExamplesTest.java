package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.service.settings.ServiceSettings;
import io.glulam.service.settings.SettingsReader;
import io.glulam.service.settings.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** The examples of a deployment name only what there is, and what they set can be read. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Pattern VARIABLE = Pattern.compile("\\bGLULAM_([A-Z_]+)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z-]+)");
    private static final Pattern ENVIRONMENT = Pattern.compile("(?m)^Environment=(\\w+)=%d/(\\S+)$");
    private static final Pattern CREDENTIAL = Pattern.compile("(?m)^LoadCredential=([\\w-]+):/etc/glulam/\\1$");

    /** Of tools that the examples call. */
    private static final Set<String> FOREIGN = Set.of("system");

    @TempDir
    Path folder;

    private static Set<String> known() {
        CommandSpec spec = CommandSpec.create();
        new ServeOptions().addTo(spec);
        return ServeOptions.names(spec);
    }

    private static String read(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name));
    }

    @Test
    void everyOptionAndVariableExists() throws IOException {
        Set<String> known = known();
        for (String name : List.of("glulam.service", "glulam.conf", "Dockerfile")) {
            List<String> variables = VARIABLE.matcher(read(name))
                    .results()
                    .map(match -> match.group(1).replaceFirst("_FILE$", ""))
                    .map(variable -> variable.toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            assertThat(known).as(name).containsAll(variables);
            List<String> options = OPTION.matcher(read(name))
                    .results()
                    .map(match -> match.group(1))
                    .filter(option -> !FOREIGN.contains(option) && !option.equals("check"))
                    .toList();
            assertThat(known).as(name).containsAll(options);
        }
    }

    @Test
    void theServiceReadsItsSecretsAndSettings() throws IOException {
        String unit = read("glulam.service");
        Map<String, String> secrets = Map.of(
                "token", "a-token-of-some-length\n",
                "ledger", "postgres://me:secret@db.example/glulam\n",
                "catalog-key", "sb_secret_0123456789abcdefghij\n",
                "credentials", "[default]\naws_access_key_id = AK\naws_secret_access_key = SK\n");
        assertThat(CREDENTIAL.matcher(unit).results().map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(secrets.keySet());
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Files.writeString(folder.resolve(secret.getKey()), secret.getValue());
        }
        Map<String, String> environment = new HashMap<>();
        for (MatchResult variable : ENVIRONMENT.matcher(unit).results().toList()) {
            assertThat(secrets).containsKey(variable.group(2));
            environment.put(variable.group(1), folder.resolve(variable.group(2)).toString());
        }

        ServiceSettings settings = SettingsReader.read(SettingsSource.of(
                Map.of("config", EXAMPLES.resolve("glulam.conf").toString()), environment, known()));

        assertThat(settings.bucket()).isEqualTo("r2://lake/tables");
        assertThat(settings.data()).isEqualTo(Path.of("/var/lib/glulam"));
        assertThat(settings.ledger()).isEqualTo("postgres://me:secret@db.example/glulam");
        assertThat(settings.catalogKey()).isNotNull();
        assertThat(settings.tokens().isEmpty()).isFalse();
        assertThat(environment).containsKey("AWS_SHARED_CREDENTIALS_FILE");
    }
}
