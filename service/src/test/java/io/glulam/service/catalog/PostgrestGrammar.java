package io.glulam.service.catalog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of what stands in PostgREST's URLs, as far as a catalog uses it. */
final class PostgrestGrammar {
    private static final String NAME = "(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([A-Za-z0-9_ $]+))";
    static final Pattern SELECTED = Pattern.compile("(?:([A-Za-z0-9_]+):)?" + NAME + "(?:::(\\w+))?");
    static final Pattern ORDER = Pattern.compile(NAME + "(?:\\.(asc|desc))?");
    static final Pattern COLUMN = Pattern.compile(NAME);
    static final Map<String, String> OPERATORS =
            Map.of("eq", "=", "neq", "<>", "gt", ">", "gte", ">=", "lt", "<", "lte", "<=");

    private PostgrestGrammar() {}

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A name as the grammar has it, in its own two groups of {@code matcher}. */
    static String name(Matcher matcher, int group) {
        return matcher.group(group) == null
                ? matcher.group(group + 1)
                : matcher.group(group).replaceAll("\\\\(.)", "$1");
    }

    static Matcher parsed(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new PostgrestRefusal(400, "PGRST100", "\"failed to parse (" + text + ")\"", null);
        }
        return matcher;
    }

    /** Parts of a list with commas, but for those inside quotes, where a backslash hides what follows it. */
    static List<String> list(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
