package io.glulam.cli.help;

import java.util.List;
import java.util.Map;

/**
 * The help of a command besides its options.
 *
 * @param most the options used most, most used first
 * @param common those that {@code --help} also lists; {@code --help-all} has the rest
 * @param examples command lines that can be typed
 */
record CommandGuide(List<String> most, List<String> common, List<String> examples) {
    private static final CommandGuide NONE = new CommandGuide(List.of(), List.of(), List.of());

    private static final Map<String, CommandGuide> GUIDES = Map.ofEntries(
            Map.entry(
                    "glulam",
                    guide(
                            "",
                            "",
                            "glulam compact events.parquet -o compacted.parquet",
                            "glulam merge events/ -o merged/")),
            Map.entry(
                    "glulam inspect",
                    guide(
                            "--columns --row-groups --json --threshold --html",
                            "--memory --profile --endpoint --where --branch --max-footers --catalog-property",
                            "glulam inspect events.parquet",
                            "glulam inspect s3://lake/events.parquet --columns")),
            Map.entry("glulam head", rows("glulam head events.parquet -n 5 --columns id,name")),
            Map.entry("glulam tail", rows("glulam tail events.parquet --format csv")),
            Map.entry("glulam sample", rows("glulam sample events.parquet -n 100 --format json")),
            Map.entry(
                    "glulam cat",
                    rows(
                            "glulam cat events.parquet --columns id --format csv > ids.csv",
                            "glulam cat events.parquet --format arrow > events.arrows")),
            Map.entry(
                    "glulam plan",
                    guide(
                            "--effort --save --json --threshold --readers",
                            "--codec --order --rewrite --target-size --memory --where",
                            "glulam plan events.parquet",
                            "glulam plan events.parquet --effort smallest --save events.plan")),
            Map.entry(
                    "glulam compact",
                    guide(
                            "--output --in-place --backup --effort --dry-run",
                            "--threshold --codec --order --memory --force --json --where"
                                    + " --apply-deletes --target-file-size",
                            "glulam compact events.parquet -o compacted.parquet",
                            "glulam compact s3://lake/events.parquet --in-place --effort copy",
                            "glulam compact iceberg:prod.db.events --dry-run")),
            Map.entry(
                    "glulam merge",
                    guide(
                            "--output --target-file-size --older-than --effort --dry-run",
                            "--files-from --mismatch --memory --replace",
                            "glulam merge a.parquet b.parquet -o all.parquet",
                            "glulam merge events/ -o merged/ --older-than 1h")),
            Map.entry(
                    "glulam verify",
                    guide(
                            "--json --memory --threads --snapshots",
                            "--profile --endpoint",
                            "glulam verify events.parquet compacted.parquet")),
            Map.entry(
                    "glulam restore",
                    guide(
                            "--backup --yes --json --replaced-by --keep-replaced",
                            "--profile --endpoint",
                            "glulam restore events.parquet --backup .bak")),
            Map.entry(
                    "glulam demo",
                    guide("--table --keep --memory --threads", "", "glulam demo", "glulam demo --table")),
            Map.entry(
                    "glulam serve",
                    guide(
                            "--demo --config --bucket --catalog --port",
                            "--check --tables --data --ledger --poll --concurrency --memory --host --token --log",
                            "glulam serve --demo",
                            "glulam serve --config glulam.properties --check")),
            Map.entry(
                    "glulam jobs",
                    guide("--status --json --server --token-file", "", "glulam jobs", "glulam jobs --status running")),
            Map.entry(
                    "glulam datasets",
                    guide(
                            "--flagged --add --dry-run --server --json",
                            "--data --token-file",
                            "glulam datasets --flagged")),
            Map.entry(
                    "glulam store probe",
                    guide("--json --profile --region --endpoint", "", "glulam store probe s3://lake/tmp/")),
            Map.entry(
                    "glulam store clean",
                    guide("--yes --hours --json", "--profile --region --endpoint", "glulam store clean s3://lake/")));

    /** The guide of the command that these words call; an empty one for commands with few options. */
    static CommandGuide of(String command) {
        return GUIDES.getOrDefault(command, NONE);
    }

    private static CommandGuide rows(String... examples) {
        return guide("--rows --columns --format --seed", "--memory --profile --endpoint", examples);
    }

    private static CommandGuide guide(String most, String common, String... examples) {
        return new CommandGuide(words(most), words(common), List.of(examples));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    /** Whether {@code --help} leaves no option out, since the command is not described here. */
    boolean isEmpty() {
        return most.isEmpty() && examples.isEmpty();
    }
}
