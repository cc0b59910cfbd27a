package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RemediesTest {
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BUFFERS               | 1048576            | raise --memory to
        BUFFERS_OR_FEWER_ROWS | 1048576            | , or lower --max-rows
        REGION                | eu-west-1          | use --region eu-west-1
        CATALOG               | /a/b.properties    | configure it in /a/b.properties, or name its type and uri by --catalog-property
        """)
    void detailsStandInTheRemedy(Remedy remedy, String detail, String expected) {
        assertThat(of(remedy.text(detail))).contains(expected);
        assertThat(Remedy.of(remedy.text(detail))).isEqualTo(remedy);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BUFFERS", "BUFFERS_OR_FEWER_ROWS", "REGION", "CATALOG"})
    void othersNameAnOptionOrACommandToo(Remedy remedy) {
        assertThat(of(remedy.text())).containsPattern(" -[-a-z]|^--|glulam ");
        assertThat(Remedy.of(remedy.text())).isEqualTo(remedy);
    }

    @Test
    void whatIsNoRemedyOfTheLibraryStaysAsItIs() {
        assertThat(of("try again later")).isEqualTo("try again later");
        assertThat(of("allow more")).isEqualTo("allow more");
        assertThat(Remedies.sentence("it is none")).isEqualTo("it is none");
        assertThat(Remedies.sentence("no id; " + Remedy.ACCOUNT.text()))
                .isEqualTo("no id; use --account ID, or set R2_ACCOUNT_ID");
    }

    private static String of(String remedy) {
        return String.valueOf(Remedies.of(new StorageFailed(Place.UNKNOWN, "it failed", remedy)));
    }

    @Test
    @Tag("once")
    void librariesNameNoOptionOfTheCommand() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("portable", "core", "s3", "arrow", "tables")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        (Iterable<Path>) files.filter(any -> any.toString().endsWith(".java"))::iterator) {
                    addOptions(file, found);
                }
            }
        }

        // Of the tool that AWS has.
        assertThat(found)
                .containsExactly(
                        "ProfileCredentials.java: export them first: eval \\\"$(aws configure export-credentials"
                                + " --profile ",
                        "ProfileCredentials.java:  --format env)\\\"");
    }

    private static void addOptions(Path file, List<String> found) throws IOException {
        Matcher text = TEXT.matcher(Files.readString(file));
        while (text.find()) {
            if (text.group(1).matches("(?s)(|.* )--[a-z].*|.*glulam [a-z]+ .*")) {
                found.add(file.getFileName() + ": " + text.group(1));
            }
        }
    }
}
