package io.glulam.cli.help;

/** The groups of options. An option means the same in every command, so that its name decides. */
public enum OptionGroup {
    /** Which files, rows and tables are taken. */
    WHAT(
            "What",
            "--add --bucket --catalog --catalog-key --catalog-table --check --column-compacted-at --column-flag"
                    + " --column-id --column-key --column-size --column-version --columns --demo --files-from --flagged"
                    + " --hours --input-order --ledger --max-files --max-footers --min-file-size --min-input-files"
                    + " --older-than --plan --poll --replaced-by --row-groups --rows --seed --snapshots --status --table"
                    + " --tables --where --branch --yes"),
    /** How the work is done. */
    HOW(
            "How",
            "--apply-deletes --bandwidth --codec --concurrency --effort --grace --max-group-size --max-rows --measure"
                    + " --measure-download --memory --metadata --mismatch --most-queued --option --order --page-size"
                    + " --price-reads --price-storage --readers --reads-per-month --retention --retries --retry-delay"
                    + " --rewrite --spool --step-timeout --strict --target-file-size --target-size --threads --threshold"
                    + " --tmp-dir --verify --widen --writer-compat"),
    /** Stores, catalogs and servers, and how they are reached. */
    WHERE(
            "Where",
            "--account --catalog-config --catalog-property --config --data --endpoint --hook-secret --host --host-name"
                    + " --port --profile --region --server --token --token-file --tokens --without"),
    /** Files that the command writes, reports and messages. */
    OUTPUT(
            "Output",
            "--backup --callback-delay --callback-hosts --callback-secret --color --dry-run --exit-code --force"
                    + " --format --help --help-all --html --in-place --json --keep --keep-replaced --log --output"
                    + " --progress --publish --quiet --replace --save --version");

    private final String title;
    private final String options;

    OptionGroup(String title, String options) {
        this.title = title;
        this.options = " " + options + " ";
    }

    /** The heading above its options. */
    public String title() {
        return title;
    }

    /** Whether the option of this name, with its two dashes, belongs here. */
    public boolean holds(String option) {
        return options.contains(" " + option + " ");
    }
}
