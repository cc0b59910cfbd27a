package io.glulam.cli;

import io.glulam.Backups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where the output goes. What they cannot mean is refused before anything is done. */
final class TargetOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The new file, or a folder for files of the same names.")
    private @Nullable Path output;

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
    Targets resolve(List<Path> files, boolean optional, CommandLine command) {
        try {
            return resolve(files, optional);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    private Targets resolve(List<Path> files, boolean optional) {
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
        Map<Path, Path> targets = new HashMap<>();
        if (output != null) {
            boolean folder = Files.isDirectory(output);
            if (files.size() > 1 && !folder) {
                throw new IllegalArgumentException(
                        "several FILEs need --in-place or an existing folder as OUT, and " + output + " is none");
            }
            for (Path file : files) {
                Path target = folder ? output.resolve(file.getFileName()) : output;
                requireUsable(file, target, targets);
                targets.put(file, target);
            }
        }
        return new Targets(targets);
    }

    private void requireUsable(Path file, Path target, Map<Path, Path> others) {
        if (isSame(file, target)) {
            throw new IllegalArgumentException("OUT is FILE itself (" + file + "): say --in-place to replace it");
        }
        if (others.containsValue(target)) {
            throw new IllegalArgumentException("two FILEs would both become " + target);
        }
        if (Files.exists(target) && !force) {
            throw new IllegalArgumentException(target + " exists: say --force to replace it");
        }
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
