package io.glulam.cli;

import io.glulam.Backups;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.text.Texts;
import io.glulam.storage.StoredObject;
import java.util.List;

/** {@code glulam restore}. */
final class RestoreCommand extends Subcommand {
    static final String ABOUT = "Brings back the bytes that compact --in-place --backup kept.";

    private final Value<List<String>> files = Value.arguments(Kind.TEXT, "FILE", "What was compacted in place.");
    private final Value<String> suffix = Value.option(
            Kind.TEXT, "SUFFIX", "What --backup named (default: " + Backups.DEFAULT_SUFFIX + ").", "--backup");
    private final Flag yes = new Flag("Take all objects that a prefix or a pattern matches.", "--yes");
    private final Flag json = new Flag("One JSON document a file, on a line of its own.", "--json");
    private final StoreOptions stores = new StoreOptions();

    RestoreCommand(Main main) {
        super(main, ABOUT);
        add(files, suffix, yes, json, stores);
    }

    @Override
    public Integer call() {
        String named = suffix.or(Backups.DEFAULT_SUFFIX);
        if (named.isEmpty() || named.indexOf('/') >= 0) {
            throw misused("a backup suffix is not empty and holds no slash");
        }
        Batch batch = new Batch(main(), json.isGiven());
        for (String file : new ObjectArguments(stores, line()).expanded(files.required(), yes.isGiven())) {
            batch.run(file, () -> {
                StoredObject backup = Backups.restore(stores.object(file, line()), named);
                print(file, backup.key().substring(backup.key().lastIndexOf('/') + 1));
                return ExitCode.DONE;
            });
        }
        return batch.exitCode().code();
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
