package io.glulam.cli;

import io.glulam.Backups;
import io.glulam.storage.LocalStore;
import io.glulam.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where the output goes. What they cannot mean is refused before anything is done. */
final class TargetOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "The new file or object, or a folder (a prefix that ends with /) for files of the same names.")
    private @Nullable String output;

    @Option(names = "--in-place", description = "Replace each FILE, atomically.")
    private boolean inPlace;

    @Option(names = "--force", description = "Replace OUT if it exists.")
    private boolean force;

    @Option(
            names = "--backup",
            paramLabel = "SUFFIX",
            description = "Keep what is replaced under its name with SUFFIX behind, for restore.")
    private @Nullable String backupSuffix;

    boolean force() {
        return force;
    }

    @Nullable
    String backupSuffix() {
        return backupSuffix;
    }

    /**
     * Where each input goes.
     *
     * @param optional whether there need be no target at all, because nothing will be written
     * @throws ParameterException for what the command must not or cannot do
     */
    Targets resolve(List<String> files, boolean optional, StoreOptions stores, CommandLine command) {
        try {
            return resolve(files, optional, argument -> stores.object(argument, command));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    private Targets resolve(List<String> files, boolean optional, Function<String, StoredObject> objects) {
        if (output != null && inPlace) {
            throw new IllegalArgumentException("-o and --in-place exclude each other");
        }
        if (output == null && !inPlace && !optional) {
            throw new IllegalArgumentException("where to? say -o OUT or --in-place");
        }
        if (backupSuffix != null) {
            Backups.requireSuffix(backupSuffix);
            if (!inPlace && !force) {
                throw new IllegalArgumentException(
                        "--backup keeps what is replaced: it goes with --in-place or --force");
            }
        }
        Map<String, StoredObject> targets = new HashMap<>();
        if (output != null) {
            boolean folder = isFolder(output);
            if (files.size() > 1 && !folder) {
                throw new IllegalArgumentException(
                        "several FILEs need --in-place or an existing folder as OUT, and " + output + " is none");
            }
            for (String file : files) {
                StoredObject target = objects.apply(folder ? inside(output, file) : output);
                requireUsable(file, objects.apply(file), target, targets, optional);
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

    private void requireUsable(
            String file,
            StoredObject source,
            StoredObject target,
            Map<String, StoredObject> others,
            boolean nothingIsWritten) {
        if (isSame(source, target)) {
            throw new IllegalArgumentException("OUT is FILE itself (" + file + "): say --in-place to replace it");
        }
        if (others.containsValue(target)) {
            throw new IllegalArgumentException("two FILEs would both become " + target.name());
        }
        // An object that is there is refused by its store.
        boolean isThere = target.store() instanceof LocalStore && Files.exists(Path.of(target.key()));
        if (isThere && !force && !nothingIsWritten) {
            throw new IllegalArgumentException(target.name() + " exists: say --force to replace it");
        }
    }

    private static boolean isSame(StoredObject source, StoredObject target) {
        if (source.store() instanceof LocalStore && target.store() instanceof LocalStore) {
            return isSame(Path.of(source.key()), Path.of(target.key()));
        }
        return source.equals(target);
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
