package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of settings names what the reader of settings reads. */
class DocumentationTest {
    private static final Pattern READ =
            Pattern.compile("(?:text|number|size|duration|price|perStep|words|find)\\(\"([a-z-]+)\"");
    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    @Test
    void everySettingIsInTheTable() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/glulam/service/settings/SettingsReader.java"));
        TreeSet<String> read = READ.matcher(source)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        String text = Files.readString(Path.of("../docs/service.md"));
        String table = text.substring(text.indexOf("| setting |"));
        TreeSet<String> documented = table.lines()
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> NAME.matcher(line.split("\\|")[1]).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        documented.remove("config");
        documented.remove("memory");
        documented.remove("log");

        assertThat(read).hasSizeGreaterThan(20);
        assertThat(documented).isEqualTo(read);
    }
}
