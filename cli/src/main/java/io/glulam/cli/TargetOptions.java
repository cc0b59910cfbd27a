package io.glulam.cli;

import io.glulam.Backups;
import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.storage.ObjectRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options that say where the output goes. What they cannot mean is refused before anything is done. */
final class TargetOptions implements CommandPart {
    private final Value<String> output = Value.option(
            Kind.TEXT,
            "OUT",
            "The new file or object, or a folder (a prefix that ends with /) for files of the same names.",
            "-o",
            "--output");
    private final Flag inPlace = new Flag("Replace each FILE, atomically.", "--in-place");
    private final Flag force = new Flag("Replace OUT if it exists.", "--force");
    private final Value<String> backupSuffix = Value.option(
            Kind.TEXT, "SUFFIX", "Keep the replaced file under its name followed by SUFFIX, for restore.", "--backup");

    @Override
    public void addTo(CommandSpec spec) {
        output.addTo(spec);
        inPlace.addTo(spec);
        force.addTo(spec);
        backupSuffix.addTo(spec);
    }

    boolean force() {
        return force.isGiven();
    }

    @Nullable
    String backupSuffix() {
        return backupSuffix.get();
    }

    /**
     * Where each input goes.
     *
     * @param optional whether there need be no target at all, because nothing will be written
     * @throws ParameterException for what the command must not or cannot do
     */
    Targets resolve(List<String> files, boolean optional, StoreOptions stores, CommandLine command) {
        try {
            return resolved(files, optional, stores, command);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    private Targets resolved(List<String> files, boolean optional, StoreOptions stores, CommandLine command) {
        String out = output.get();
        if (out != null && inPlace.isGiven()) {
            throw new IllegalArgumentException("-o and --in-place exclude each other");
        }
        if (out == null && !inPlace.isGiven() && !optional) {
            throw new IllegalArgumentException("compact needs -o OUT or --in-place");
        }
        String suffix = backupSuffix.get();
        if (suffix != null) {
            Backups.requireSuffix(suffix);
            if (!inPlace.isGiven() && !force()) {
                throw new IllegalArgumentException(
                        "--backup keeps what is replaced: it goes with --in-place or --force");
            }
        }
        Map<String, ObjectRef> targets = new HashMap<>();
        if (out != null) {
            StoreOptions.requireKnown(out, command);
            boolean folder = isFolder(out);
            if (!folder && out.endsWith("/")) {
                throw new IllegalArgumentException("there is no folder " + out + ": create it first");
            }
            if (files.size() > 1 && !folder) {
                throw new IllegalArgumentException(
                        "several FILEs need --in-place or an existing folder as OUT, and " + out + " is none");
            }
            for (String file : files) {
                String name = folder ? inside(out, file) : out;
                ObjectRef target = stores.object(name, command);
                requireUsable(file, name, optional);
                if (targets.containsValue(target)) {
                    throw new IllegalArgumentException("two FILEs would both become " + target.name());
                }
                targets.put(file, target);
            }
        }
        return new Targets(targets);
    }

    private static boolean isFolder(String output) {
        return StoreAccess.isStored(output) ? output.endsWith("/") : Files.isDirectory(Path.of(output));
    }

    private static String inside(String folder, String file) {
        String name = StoreAccess.isStored(file)
                ? file.substring(file.lastIndexOf('/') + 1)
                : String.valueOf(Path.of(file).getFileName());
        return StoreAccess.isStored(folder)
                ? folder + name
                : Path.of(folder).resolve(name).toString();
    }

    private void requireUsable(String file, String target, boolean nothingIsWritten) {
        if (isSame(file, target)) {
            throw new IllegalArgumentException("OUT is FILE itself (" + file + "): use --in-place to replace it");
        }
        // A store refuses an existing object itself.
        boolean exists = !StoreAccess.isStored(target) && Files.exists(Path.of(target));
        if (exists && !force() && !nothingIsWritten) {
            throw new IllegalArgumentException(target + " exists: use --force to replace it");
        }
    }

    private static boolean isSame(String file, String target) {
        return StoreAccess.isStored(file) || StoreAccess.isStored(target)
                ? file.equals(target)
                : isSame(Path.of(file), Path.of(target));
    }

    private static boolean isSame(Path file, Path target) {
        try {
            return Files.exists(target) && Files.exists(file) && Files.isSameFile(file, target);
        } catch (IOException e) {
            return file.toAbsolutePath()
                    .normalize()
                    .equals(target.toAbsolutePath().normalize());
        }
    }
}
