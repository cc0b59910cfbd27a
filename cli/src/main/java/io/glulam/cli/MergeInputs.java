package io.glulam.cli;

import io.glulam.TableFormats;
import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.InputFinder;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The arguments and options that say which files are merged. */
final class MergeInputs implements CommandPart {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");

    private final Value<List<String>> files = Value.optionalArguments(
            Kind.TEXT,
            "FILE",
            "Parquet files, folders, or patterns ('events/*/*.parquet'), also in stores (s3://, r2://; a prefix ends"
                    + " with /). Rows keep the order of the FILEs; files of a folder come in natural order of their"
                    + " names.");
    private final Value<String> filesFrom = Value.option(
            Kind.TEXT, "LIST", "A file that names one FILE a line, or - for standard input.", "--files-from");
    private final Value<String> olderThan = Value.option(
            Kind.TEXT,
            "AGE",
            "Take only files of local disks, and of folders and patterns in stores, that were not modified for so"
                    + " long: 90s, 30m, 1h, 7d.",
            "--older-than");
    private final Value<Long> minFileSize =
            Value.option(Words.SIZE, "SIZE", "Take only files that are smaller than SIZE.", "--min-file-size");

    @Override
    public void addTo(CommandSpec spec) {
        files.addTo(spec);
        filesFrom.addTo(spec);
        olderThan.addTo(spec);
        minFileSize.addTo(spec);
    }

    /**
     * The files that are meant.
     *
     * @param yes whether what folders and patterns of stores stand for may be taken
     * @throws IllegalArgumentException with a sentence for people, if none is named, or one twice
     */
    FoundInputs found(CommandLine command, StoreOptions stores, boolean yes) {
        List<String> arguments = new ArrayList<>(files.or(List.of()));
        String list = filesFrom.get();
        if (list != null) {
            arguments.addAll(lines(list));
        } else if (arguments.isEmpty()) {
            throw new IllegalArgumentException("merge needs FILEs, or --files-from LIST");
        }
        InputFilter filter = new InputFilter(newest(), minFileSize.or(Long.MAX_VALUE));
        InputFinder finder = new InputFinder(filter, TableFormats::folderOf);
        for (String argument : arguments) {
            StoreOptions.requireKnown(argument, command);
            if (StoreAccess.isStored(argument)) {
                addStored(finder, argument, stores.access().place(argument, command), yes);
            } else {
                finder.add(argument);
            }
        }
        return finder.found();
    }

    private static void addStored(InputFinder finder, String argument, ObjectRef place, boolean yes) {
        int count = finder.addStored(place.store(), ObjectLister.of(place), place.key());
        if (!yes && count > 0 && InputFinder.isSeveral(place.key())) {
            throw new IllegalArgumentException(
                    argument + " stands for " + count + " objects: use --yes to take them all");
        }
    }

    private static List<String> lines(String list) {
        try (BufferedReader reader = list.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(list))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (UncheckedIOException e) {
            throw OwnFiles.failed(Path.of(list), "the list of FILEs", "read", Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw OwnFiles.failed(Path.of(list), "the list of FILEs", "read", e);
        }
    }

    private @Nullable Instant newest() {
        String age = olderThan.get();
        if (age == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(age);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "--older-than: '" + age + "' is not a duration such as 90s, 30m, 1h or 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return Instant.now().minus(duration);
    }
}
