package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the documents that the command prints against the examples in {@code docs/json.md}. */
class JsonDocumentationTest {
    private static final Path DOCUMENTATION = Path.of("../docs/json.md");

    @TempDir
    static Path folder;

    private static Path file;

    @BeforeAll
    static void writeFile() {
        file = Demo.file(folder, "events.parquet", 2);
    }

    @Test
    void inspectPrintsWhatIsDocumented() throws IOException {
        compare("inspect", Run.of("inspect", file, "--json", "--columns", "--row-groups"));
    }

    @Test
    void planPrintsWhatIsDocumented() throws IOException {
        compare("plan", Run.of("plan", file, "--json"));
    }

    @Test
    void compactPrintsWhatIsDocumented() throws IOException {
        compare("compact", Run.of("compact", file, "-o", folder.resolve("out.parquet"), "--json"));
    }

    @Test
    void mergePrintsWhatIsDocumented() throws IOException {
        Path other = Demo.file(folder, "more.parquet", 2);

        compare("merge", Run.of("merge", file, other, "-o", folder.resolve("merged.parquet"), "--json"));
    }

    @Test
    void verifyPrintsWhatIsDocumented() throws IOException {
        Path other = DuckDbFiles.write(
                "SELECT 'FR' AS country", 2048, "COMPRESSION snappy", folder.resolve("other.parquet"));
        Path one =
                DuckDbFiles.write("SELECT 'DE' AS country", 2048, "COMPRESSION snappy", folder.resolve("one.parquet"));

        compare("verify", Run.of("verify", one, other, "--json"));
    }

    @Test
    void storeProbePrintsWhatIsDocumented() throws IOException {
        try (StrictStore store = StrictStore.start(StoreRules.R2)) {
            compare(
                    "store-probe",
                    Run.of("store", "probe", "r2://bucket/data/", "--json", "--endpoint", store.endpoint()));
        }
    }

    @Test
    void storeCleanPrintsWhatIsDocumented() throws IOException {
        try (StrictStore store = StrictStore.start(StoreRules.R2)) {
            store.beginUpload("data/left.parquet");
            compare(
                    "store-clean",
                    Run.of(
                            "store",
                            "clean",
                            "r2://bucket/data/",
                            "--hours",
                            "0",
                            "--json",
                            "--endpoint",
                            store.endpoint()));
        }
    }

    @Test
    void restorePrintsWhatIsDocumented() throws IOException {
        Path replaced = Demo.file(folder, "replaced.parquet", 2);
        Run.of("compact", replaced, "--in-place", "--backup", ".old");

        compare("restore", Run.of("restore", replaced, "--backup", ".old", "--json"));
    }

    @Test
    void versionPrintsWhatIsDocumented() throws IOException {
        compare("version", Run.of("version", "--json"));
    }

    @Test
    void commandsOnTablesPrintWhatIsDocumented() throws IOException {
        Path lake = Files.createDirectories(folder.resolve("lake"));
        TablesTest.makeTable(lake);

        Map<String, Object> report =
                new LinkedHashMap<>(TablesTest.run(lake, "compact", "--json").document());
        Map<?, ?> plan = (Map<?, ?>) report.put("plan", Map.of());
        compare("table-report", report);
        compare("table-plan", TablesTest.run(lake, "inspect", "--json"));
        Object after = ((List<?>) report.get("committed_snapshot_ids")).get(0);
        compare(
                "table-verify",
                TablesTest.run(lake, "verify", "--json", "--snapshots", plan.get("snapshot_id"), after));
    }

    @Test
    void aFailurePrintsWhatIsDocumented() throws IOException {
        compare("error", Run.of("inspect", folder.resolve("none"), "--json"));
    }

    private static void compare(String example, Run run) throws IOException {
        compare(example, run.document());
    }

    private static void compare(String example, Map<String, Object> document) throws IOException {
        TreeSet<String> documented = new TreeSet<>();
        TreeSet<String> printed = new TreeSet<>();
        collect("", Run.parse(example(example)), documented);
        collect("", document, printed);
        assertThat(printed).containsExactlyElementsOf(documented);
    }

    private static String example(String name) throws IOException {
        Matcher matcher = Pattern.compile("```json " + name + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENTATION));
        assertThat(matcher.find()).as("an example of " + name).isTrue();
        return matcher.group(1);
    }

    /** Adds the path and the kind of every field, arrays by their first element. */
    private static void collect(String path, Object value, TreeSet<String> into) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, field) -> collect(path + "." + name, field, into));
        } else if (value instanceof List<?> array) {
            into.add(path + " array");
            if (!array.isEmpty()) {
                collect(path + "[]", array.get(0), into);
            }
        } else {
            into.add(path + " " + (value == null ? "null" : value.getClass().getSimpleName()));
        }
    }
}
