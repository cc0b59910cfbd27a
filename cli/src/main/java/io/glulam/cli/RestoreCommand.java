package io.glulam.cli;

import io.glulam.Backups;
import io.glulam.CompactionOptions;
import io.glulam.ReplacedInputs;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.text.Texts;
import io.glulam.storage.ObjectRef;
import java.util.List;

/** {@code glulam restore}. */
final class RestoreCommand extends Subcommand {
    static final String ABOUT = "Brings back files that compact --backup or merge --keep-replaced kept.";

    private final Value<List<String>> files = Value.arguments(
            Kind.TEXT,
            "FILE",
            "Files that were compacted in place; with --replaced-by, files or folders that merge --replace read.");
    private final Value<String> suffix = Value.option(
            Kind.TEXT,
            "SUFFIX",
            "The suffix that compact --backup was given (default: " + Backups.DEFAULT_SUFFIX + ").",
            "--backup");
    private final Value<String> replacedBy =
            Value.option(Kind.TEXT, "OUT", "The folder into which merge --replace merged the FILEs.", "--replaced-by");
    private final Value<String> keepReplaced =
            Value.option(Kind.TEXT, "DIR", "The folder that merge --keep-replaced was given.", "--keep-replaced");
    private final Flag yes = new Flag("Take all objects that a prefix or a pattern matches.", "--yes");
    private final Flag json = new Flag("Print one JSON document per file, each on one line.", "--json");
    private final StoreOptions stores = new StoreOptions();

    RestoreCommand(Main main) {
        super(main, ABOUT);
        add(files, suffix, replacedBy, keepReplaced, yes, json, stores);
    }

    @Override
    public Integer call() {
        String named = suffix.or(Backups.DEFAULT_SUFFIX);
        if (named.isEmpty() || named.indexOf('/') >= 0) {
            throw misused("a backup suffix is not empty and holds no slash");
        }
        if (replacedBy.isGiven() != keepReplaced.isGiven()) {
            throw misused("--replaced-by and --keep-replaced go together");
        }
        Batch batch = new Batch(main(), json.isGiven());
        if (replacedBy.isGiven()) {
            for (String file : files.required()) {
                batch.run(file, () -> restoreReplaced(file));
            }
            return batch.exitCode().code();
        }
        for (String file : new ObjectArguments(stores, line()).expanded(files.required(), yes.isGiven())) {
            batch.run(file, () -> {
                ObjectRef backup = Backups.restore(stores.object(file, line()), named);
                print(file, backup.key().substring(backup.key().lastIndexOf('/') + 1));
                return ExitCode.DONE;
            });
        }
        return batch.exitCode().code();
    }

    private ExitCode restoreReplaced(String file) {
        String kept = keepReplaced.required();
        ReplacedInputs replaced = new ReplacedInputs(
                stores.folder(replacedBy.required(), line()),
                stores.folder(kept, line()),
                CompactionOptions.defaults());
        for (ObjectRef restored : replaced.restore(stores.object(file, line()))) {
            print(restored.name(), kept);
        }
        return ExitCode.DONE;
    }

    private void print(String file, String backup) {
        if (!json.isGiven()) {
            output().line(Texts.printable(file + ": restored from " + backup));
            return;
        }
        Json.print(output(), out -> {
            out.writeStartObject();
            out.writeStringField("file", file);
            out.writeStringField("restored_from", backup);
            out.writeEndObject();
        });
    }
}
