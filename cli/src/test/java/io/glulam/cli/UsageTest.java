package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
    @TempDir
    static Path folder;

    private static Path file;
    private static Path other;

    @BeforeAll
    static void writeFiles() throws IOException {
        file = Demo.file(folder, "a.parquet", 2);
        other = Files.copy(file, folder.resolve("b.parquet"));
        Files.createDirectory(folder.resolve("out"));
        Files.createDirectory(folder.resolve("taken"));
        Files.writeString(folder.resolve("taken/a.parquet"), "mine");
        Files.createSymbolicLink(folder.resolve("link.parquet"), file);
        Files.createDirectory(folder.resolve("same"));
        Files.copy(file, folder.resolve("same/a.parquet"));
    }

    private record Case(String message, List<Object> arguments) {}

    private static Case refused(String message, Object... arguments) {
        return new Case(message, List.of(arguments));
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeMeantIsRefusedInTwoLines() {
        return Stream.of(
                        refused("unknown command 'squeeze'", "squeeze"),
                        refused("unknown command 'compct'; did you mean 'compact'?", "compct", file),
                        refused("unknown command 'prob'; did you mean 'probe'?", "store", "prob", "s3://b/"),
                        refused("Unknown option: '--fast'", "compact", file, "--fast"),
                        refused("Unknown option: '--effrt'; did you mean '--effort'?", "compact", file, "--effrt"),
                        refused("Missing required parameter: 'FILE'", "inspect"),
                        refused("Missing required parameter: 'FILE'", "plan"),
                        refused("Missing required parameter: 'FILE'", "compact"),
                        refused("Missing required parameter: 'FILE'", "restore"),
                        refused("Missing required parameters: 'A', 'B'", "verify"),
                        refused("Missing required parameter: 'B'", "verify", file),
                        refused("a backup suffix is not empty and holds no slash", "restore", file, "--backup", ""),
                        refused("a backup suffix is not empty and holds no slash", "restore", file, "--backup", "a/b"),
                        refused("is not a plan: name another file", "plan", file, "--save", other),
                        refused("is not a plan: name another file", "plan", file, "--save", file),
                        refused("compact needs -o OUT or --in-place", "compact", file),
                        refused("exclude each other", "compact", file, "-o", folder.resolve("n"), "--in-place"),
                        refused("use --in-place", "compact", file, "-o", file),
                        refused("use --in-place", "compact", file, "-o", folder.resolve("link.parquet"), "--force"),
                        refused("use --in-place", "compact", file, "-o", folder),
                        refused("exists: use --force", "compact", file, "-o", other),
                        refused("exists: use --force", "compact", file, "-o", folder.resolve("taken")),
                        refused("existing folder as OUT", "compact", file, other, "-o", folder.resolve("nowhere")),
                        refused("existing folder as OUT", "compact", file, other, "-o", other, "--force"),
                        refused("there is no folder", "compact", file, "-o", folder.resolve("nowhere") + "/"),
                        refused("there is no folder", "compact", file, "-o", other + "/", "--force"),
                        refused("'more' is one argument too many", "verify", file, other, "more"),
                        refused("unknown command 'squeeze'", "help", "squeeze"),
                        refused("unknown command 'compct'; did you mean 'compact'?", "help", "compct"),
                        refused("'x' is not a whole number", "tail", file, "-n", "x"),
                        refused(
                                "'3000000000' is too large: the maximum is 2147483647",
                                "head",
                                file,
                                "-n",
                                "3000000000"),
                        refused(
                                "two FILEs would both become",
                                "compact",
                                file,
                                folder.resolve("same/a.parquet"),
                                "-o",
                                folder.resolve("out")),
                        refused("--in-place or --force", "compact", file, "-o", folder.resolve("n"), "--backup", ".b"),
                        refused("holds no slash", "compact", file, "--in-place", "--backup", "/b"),
                        refused("--plan is the plan of one FILE", "compact", file, other, "--in-place", "--plan", "p"),
                        refused(
                                "the settings are in the plan",
                                "compact",
                                file,
                                "--in-place",
                                "--plan",
                                "p",
                                "--max-rows",
                                "5"),
                        refused("'huge' is not a size", "compact", file, "--in-place", "--threshold", "huge"),
                        refused("'0' is not above 0", "compact", file, "--in-place", "--threshold", "0"),
                        refused("'-5' is not a size", "compact", file, "--in-place", "--target-size", "-5"),
                        refused("at least 1", "compact", file, "--in-place", "--max-rows", "0"),
                        refused("'ten' is not a whole number", "plan", file, "--max-rows", "ten"),
                        refused("preserve, healthy-first", "plan", file, "--order", "random"),
                        refused("is none of copy", "plan", file, "--effort", "heroic"),
                        refused("structure, values", "compact", file, "--in-place", "--verify", "none"),
                        refused("auto, always, never", "inspect", file, "--color", "pink"),
                        refused("gs:// is not supported; use s3:// or r2://", "inspect", "gs://b/a.parquet"),
                        refused("use DuckLake's ducklake_merge_adjacent_files", "inspect", "ducklake:meta.db"),
                        refused("use Hudi's run_clustering", "compact", "hudi:/lake/t", "--in-place"),
                        refused("use Lance's compact_files", "plan", "lance:/lake/t"),
                        refused("abfs:// is not supported", "plan", "abfs://c@a.example/a.parquet"),
                        refused("http:// is not supported", "verify", file, "http://localhost/a.parquet"),
                        refused("gs:// is not supported", "compact", file, "gs://b/a.parquet", "--in-place"),
                        refused("gs:// is not supported", "compact", file, "-o", "gs://b/a.parquet"),
                        refused("S3:// is not supported; use s3://", "restore", "S3://b/a.parquet"),
                        refused("file:// is not supported", "inspect", "file://" + file),
                        refused("an empty argument names no file", "inspect", ""),
                        refused("an empty argument names no file", "compact", file, "-o", ""),
                        refused("an empty argument names no file", "compact", "", "--in-place"),
                        refused("an empty argument names no file", "merge", "", "-o", folder.resolve("out")),
                        refused("an empty argument names no file", "merge", file, "-o", ""),
                        refused(
                                "an empty argument names no file",
                                "merge",
                                file,
                                "-o",
                                "t/",
                                "--replace",
                                "--keep-replaced",
                                ""),
                        refused("begins with neither s3:// nor r2://", "store", "probe", "gs://b/"),
                        refused("at least one thread", "compact", file, "--in-place", "--threads", "0"),
                        refused(
                                "'10MiB' is too small: the minimum is 96MiB",
                                "compact",
                                file,
                                "--in-place",
                                "--memory",
                                "10MiB"))
                .map(it -> dynamicTest(it.arguments().toString(), () -> {
                    Run run = Run.of(it.arguments().toArray());

                    assertThat(run.code()).isEqualTo(2);
                    assertThat(run.out()).isEmpty();
                    assertThat(run.err()).contains(it.message()).hasLineCount(2).startsWith("glulam: ");
                    assertThat(run.err().lines().toList().get(1)).matches("Try 'glulam.* --help'\\.");
                }));
    }

    @AfterAll
    static void nothingOfThatTouchedAFile() throws IOException {
        assertThat(file).hasSameBinaryContentAs(other);
        assertThat(folder.resolve("taken/a.parquet")).hasContent("mine");
        assertThat(folder.resolve("out")).isEmptyDirectory();
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries).hasSize(6);
        }
    }

    @Test
    void versionSaysBuildAndJava() {
        Run run = Run.of("version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("glulam ").contains("Java " + Runtime.version());
    }

    @Test
    void everyCommandTellsTheVersion() {
        Run version = Run.of("version");
        for (String command : List.of("compact", "inspect", "serve", "store")) {
            assertThat(Run.of(command, "--version")).isEqualTo(version);
        }
        assertThat(Run.of("store", "probe", "-V")).isEqualTo(version);
        assertThat(Run.of("--version")).isEqualTo(version);
    }
}
