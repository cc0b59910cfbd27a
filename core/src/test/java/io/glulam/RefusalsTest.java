package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/refusals.md} lists messages that the code has; one that is reworded or goes is reworded or goes there. */
class RefusalsTest {
    private static final Path LIST = Path.of("../docs/refusals.md");
    private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)` \\| [34] \\|", Pattern.MULTILINE);

    @Test
    void everyMessageOfTheListIsInTheCode() throws IOException {
        String code = code();
        List<String> messages = MESSAGE.matcher(Files.readString(LIST))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(messages).hasSizeGreaterThan(8);
        assertThat(messages)
                .allSatisfy(message -> assertThat(Stream.of(message.split("…")).map(String::strip))
                        .allSatisfy(part -> assertThat(code).contains(part)));
    }

    /** Messages about rows and values in the wrong place refuse files that other readers take. */
    @Test
    void everyMessageOfRowsInRowGroupsIsInTheList() throws IOException {
        String list = Files.readString(LIST);
        Matcher said = Pattern.compile(
                        "\"([^\"\n]*(?:in a row group of|begins within a row|in one column chunk|behind data"
                                + " pages)[^\"\n]*)\"")
                .matcher(code());

        assertThat(said.results().map(found -> found.group(1).strip()).toList())
                .hasSizeGreaterThan(4)
                .allSatisfy(message -> assertThat(list).contains(message));
    }

    /** All literals, with those that were cut at a line's end put together again. */
    private static String code() throws IOException {
        return code(Path.of("src/main/java")) + code(Path.of("../portable/src/main/java"));
    }

    private static String code(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(RefusalsTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
