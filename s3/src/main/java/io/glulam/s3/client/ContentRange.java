package io.glulam.s3.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code Content-Range: bytes 100-199/1234}. */
final class ContentRange {
    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    private ContentRange() {}

    /** Where the bytes begin; -1 if the header does not say. */
    static long start(@Nullable String header) {
        return number(header, 1);
    }

    /** Bytes of the whole object; -1 if the header does not say. */
    static long total(@Nullable String header) {
        return number(header, 3);
    }

    private static long number(@Nullable String header, int group) {
        Matcher matcher = FORM.matcher(header == null ? "" : header);
        return matcher.matches() ? Long.parseLong(matcher.group(group)) : -1;
    }
}
