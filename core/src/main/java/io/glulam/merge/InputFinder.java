package io.glulam.merge;

import io.glulam.merge.PassedOver.Reason;
import io.glulam.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns arguments into inputs: a local file stands for itself, a folder for the Parquet files in it and below, a pattern
 * with {@code *}, {@code ?} or {@code **} for the files that match it. Not thread-safe.
 */
public final class InputFinder {
    private final FoundInputs.Builder found = new FoundInputs.Builder();
    private final InputFilter filter;

    /** @param filter of all files, those that are named themselves included */
    public InputFinder(InputFilter filter) {
        this.filter = filter;
    }

    /**
     * Adds what an argument stands for.
     *
     * @throws IllegalArgumentException with a sentence for people, if it names a file that was added before
     * @throws io.glulam.error.StorageFailed if a folder cannot be listed
     */
    public void add(String argument) {
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            new FolderInputs(found, filter, null).find(path);
        } else if (isPattern(argument) && !Files.exists(path)) {
            addPattern(argument);
        } else {
            addFile(path);
        }
    }

    private void addFile(Path file) {
        Reason reason = reason(file);
        if (reason != null) {
            found.pass(file.toString(), reason);
        } else if (!found.add(Candidate.named(StoredObject.of(file)))) {
            throw new IllegalArgumentException(file + " is given twice: its rows would be in the output twice");
        }
    }

    private @Nullable Reason reason(Path file) {
        if (filter.equals(InputFilter.ALL)) {
            return null;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return filter.reason(
                    attributes.size(), attributes.lastModifiedTime().toInstant());
        } catch (IOException e) {
            return null; // The scan tells what is wrong with the file.
        }
    }

    private static boolean isPattern(String argument) {
        return argument.indexOf('*') >= 0 || argument.indexOf('?') >= 0;
    }

    private void addPattern(String argument) {
        int wild = 0;
        while (argument.charAt(wild) != '*' && argument.charAt(wild) != '?') {
            wild++;
        }
        int slash = argument.lastIndexOf('/', wild);
        Path root = Path.of(slash < 0 ? "." : slash == 0 ? "/" : argument.substring(0, slash));
        if (Files.isDirectory(root)) {
            new FolderInputs(found, filter, regex(argument.substring(slash + 1))).find(root);
        }
    }

    /** A {@code *} is anything but a slash, {@code **} anything, {@code ?} one character but a slash. */
    private static Pattern regex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** What was added, in the order of the arguments; files that several folders or patterns stand for once. */
    public FoundInputs found() {
        return found.build();
    }
}
