package io.glulam.statistics;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Application and version of a {@code created_by}: {@code <application> version <version> (build <hash>)}, as the
 * specification recommends and readers parse it.
 *
 * @param application the part in front of {@code version}; all of it if the form is another
 * @param wellFormed whether it has that form
 * @param numbers major, minor and patch; null unless all three are there
 * @param unknown what stands between the patch number and a suffix ({@code rc2}); empty if nothing
 * @param suffix what follows a hyphen ({@code SNAPSHOT}, {@code cdh5.5.0}); null if nothing does
 */
@SuppressWarnings("ArrayRecordComponent")
record WriterVersion(
        String application,
        boolean wellFormed,
        int @Nullable [] numbers,
        String unknown,
        @Nullable String suffix) {
    static final int MAX_LENGTH = 1024;
    private static final Pattern VERSION =
            Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})([^-+]*)(?:-([^+]*))?(?:\\+.*)?");

    /** The last parsed text: a merge judges the same writer for each of its files. */
    private static final AtomicReference<Parsed> LAST =
            new AtomicReference<>(new Parsed("", new WriterVersion("", false, null, "", null)));

    private record Parsed(String createdBy, WriterVersion version) {}

    /** Parses what the footer says. Text that is too long to be a name has no form. */
    static WriterVersion parse(String createdBy) {
        if (createdBy.length() > MAX_LENGTH) {
            return parsed(createdBy);
        }
        Parsed known = Objects.requireNonNull(LAST.get());
        if (!known.createdBy().equals(createdBy)) {
            known = new Parsed(createdBy, parsed(createdBy));
            LAST.set(known);
        }
        return known.version();
    }

    private static WriterVersion parsed(String createdBy) {
        int word = createdBy.length() > MAX_LENGTH ? -1 : createdBy.indexOf(" version");
        if (word <= 0) {
            return new WriterVersion(createdBy, false, null, "", null);
        }
        String application = createdBy.substring(0, word).strip();
        String rest = createdBy.substring(word + " version".length());
        int build = rest.indexOf('(');
        boolean closed = build < 0
                || rest.startsWith("build", build + 1) && rest.stripTrailing().endsWith(")");
        Matcher matcher = VERSION.matcher((build < 0 ? rest : rest.substring(0, build)).strip());
        if (!matcher.matches()) {
            return new WriterVersion(application, closed, null, "", null);
        }
        int[] numbers = {number(matcher, 1), number(matcher, 2), number(matcher, 3)};
        return new WriterVersion(application, closed, numbers, matcher.group(4), matcher.group(5));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /**
     * Whether the version is known and comes before the release {@code major.minor.patch}. A release candidate
     * ({@code 1.8.0rc2}) and a suffixed build ({@code 1.8.0-SNAPSHOT}) come before the release.
     */
    boolean isBefore(int major, int minor, int patch) {
        if (numbers == null) {
            return false;
        }
        int compared = Integer.compare(numbers[0], major);
        compared = compared != 0 ? compared : Integer.compare(numbers[1], minor);
        compared = compared != 0 ? compared : Integer.compare(numbers[2], patch);
        return compared < 0 || compared == 0 && (!unknown.isEmpty() || suffix != null);
    }

    /** Whether the version comes before the release or cannot be told. */
    boolean isUnknownOrBefore(int major, int minor, int patch) {
        return numbers == null || isBefore(major, minor, patch);
    }

    /** Whether this is exactly that release or a candidate or build of it. */
    boolean isAt(int major, int minor, int patch) {
        return numbers != null && numbers[0] == major && numbers[1] == minor && numbers[2] == patch;
    }
}
