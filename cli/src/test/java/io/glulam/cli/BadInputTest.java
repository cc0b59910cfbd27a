package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
    @TempDir
    static Path folder;

    private record Wrong(String name, int code, String message) {}

    private static final List<Wrong> INPUTS = List.of(
            new Wrong("missing", 6, "no such file"),
            new Wrong("folder", 6, "a folder, not a file"),
            new Wrong("device", 6, "a pipe, a socket or a device, not a file"),
            new Wrong("empty", 3, "not a Parquet file: it is empty"),
            new Wrong("text", 3, "not a Parquet file"),
            new Wrong("truncated", 3, "it may have been cut short"),
            new Wrong("tail", 3, "not a Parquet file: it does not begin with PAR1"),
            new Wrong("length", 3, "the footer's length is"),
            new Wrong("zeros", 3, "FileMetaData"),
            new Wrong("encrypted", 4, "encrypted"));

    @BeforeAll
    static void writeFiles() throws IOException {
        byte[] good = Files.readAllBytes(Demo.file(folder, "good", 1));
        int end = good.length;
        Files.createDirectory(folder.resolve("folder"));
        Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/zero"));
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.writeString(folder.resolve("text"), "id,name\n1,one\n2,two\n");
        Files.write(folder.resolve("truncated"), Arrays.copyOf(good, end / 2));
        Files.write(folder.resolve("tail"), Arrays.copyOfRange(good, end / 2, end));
        Files.write(folder.resolve("length"), changed(good, Map.of(end - 5, 0x7f)));
        byte[] zeros = good.clone();
        int footer = (good[end - 8] & 0xff) | (good[end - 7] & 0xff) << 8 | (good[end - 6] & 0xff) << 16;
        Arrays.fill(zeros, end - 8 - footer, end - 8, (byte) 0);
        Files.write(folder.resolve("zeros"), zeros);
        Files.write(folder.resolve("encrypted"), changed(good, Map.of(3, (int) 'E', end - 1, (int) 'E')));
    }

    private static byte[] changed(byte[] bytes, Map<Integer, Integer> changes) {
        byte[] copy = bytes.clone();
        changes.forEach((at, value) -> copy[at] = value.byteValue());
        return copy;
    }

    @TestFactory
    Stream<DynamicTest> everyCommandSaysInOneLineWhatIsWrongWithTheFile() {
        return INPUTS.stream().flatMap(wrong -> {
            Path file = folder.resolve(wrong.name());
            return Stream.of(
                            List.<Object>of("inspect", file),
                            List.<Object>of("plan", file),
                            List.<Object>of("compact", file, "--in-place"),
                            List.<Object>of("compact", file, "-o", folder.resolve("new")))
                    .map(arguments -> dynamicTest(wrong.name() + " " + arguments, () -> {
                        Run run = Run.of(arguments.toArray());

                        assertThat(run.code()).as(run.err()).isEqualTo(wrong.code());
                        assertThat(run.out()).isEmpty();
                        assertThat(run.err())
                                .hasLineCount(1)
                                .startsWith("glulam: " + file)
                                .contains(wrong.message());
                        assertThat(folder.resolve("new")).doesNotExist();
                    }));
        });
    }

    @Test
    @SuppressWarnings("unchecked")
    void forMachinesAFailureIsADocumentInThePlaceOfTheResult() {
        Run run = Run.of("inspect", "--json", folder.resolve("empty"), folder.resolve("good"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.documents()).hasSize(2);
        Map<String, Object> failure = (Map<String, Object>) run.documents().get(0);
        assertThat(failure).containsEntry("file", folder.resolve("empty").toString());
        assertThat((Map<String, Object>) failure.get("error"))
                .containsEntry("kind", "CorruptFile")
                .containsEntry("exit_code", 3L)
                .containsEntry("row_group", null);
    }

    @Test
    void aFileThatMustNotBeReadIsNamed() throws IOException {
        Path file = Files.copy(folder.resolve("good"), folder.resolve("locked"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("this user may read everything").isFalse();

        Run run = Run.of("inspect", file);

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).hasLineCount(1).contains("permission denied");
    }

    @Test
    void anOutputFolderThatIsMissingIsNamed() {
        Run run = Run.of("compact", folder.resolve("good"), "-o", folder.resolve("no/such/out.parquet"));

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.err()).hasLineCount(1).contains("folder does not exist");
    }

    @Test
    void oneBadFileDoesNotStopTheOthers() {
        Run run = Run.of("inspect", folder.resolve("text"), folder.resolve("good"), folder.resolve("missing"));

        assertThat(run.code()).isEqualTo(6);
        assertThat(run.out()).contains("20,000 rows");
        assertThat(run.err()).hasLineCount(2);
    }

    @Test
    void aNameWithControlCharactersStaysOnOneLine() {
        Run run = Run.of("inspect", folder.resolve("a\nb\u001b[2J"));

        assertThat(run.err()).hasLineCount(1).contains("a\\u000ab\\u001b[2J");
    }
}
