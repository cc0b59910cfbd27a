package io.glulam.cli;

import io.glulam.Backups;
import io.glulam.cli.text.Texts;
import io.glulam.storage.LocalStore;
import io.glulam.storage.StoredObject;
import java.io.File;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam restore}. */
@Command(
        addMethodSubcommands = false,
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Brings back the bytes that compact --in-place --backup kept.")
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What was compacted in place.")
    private List<String> files = List.of();

    @Option(
            names = "--backup",
            paramLabel = "SUFFIX",
            defaultValue = Backups.DEFAULT_SUFFIX,
            description = "What --backup named (default: ${DEFAULT-VALUE}).")
    private String suffix = Backups.DEFAULT_SUFFIX;

    @Option(names = "--yes", description = "Take all objects that a prefix or a pattern matches.")
    private boolean yes;

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Override
    public Integer call() {
        if (suffix.isEmpty() || suffix.indexOf('/') >= 0) {
            throw new ParameterException(spec.commandLine(), "a backup suffix is not empty and holds no slash");
        }
        files = new ObjectArguments(stores, spec.commandLine()).expanded(files, yes);
        Batch batch = new Batch(main, false);
        for (String file : files) {
            batch.run(file, () -> {
                StoredObject backup = Backups.restore(stores.object(file, spec.commandLine()), suffix);
                String name = backup.key().substring(backup.key().lastIndexOf(slash(backup)) + 1);
                main.output().line(Texts.printable(file + ": restored from " + name));
                return ExitCode.DONE;
            });
        }
        return batch.exitCode().code();
    }

    private static char slash(StoredObject object) {
        return object.store() instanceof LocalStore ? File.separatorChar : '/';
    }
}
