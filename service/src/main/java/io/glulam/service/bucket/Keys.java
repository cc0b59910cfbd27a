package io.glulam.service.bucket;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which keys can name an object of a bucket at all. */
public final class Keys {
    /** The longest key, in bytes of UTF-8; what S3 and R2 allow. */
    public static final int MAX_BYTES = 1024;

    /** Separators and dots hidden by percent-encoding, once or more often. */
    private static final Pattern HIDDEN = Pattern.compile("%(25)*(2e|2f|5c|00)");

    private Keys() {}

    /**
     * Looks at a key only.
     *
     * @throws InvalidKey if it is empty, too long, absolute, leads upwards or hides such a thing
     */
    public static void require(String key) {
        if (key.isEmpty()) {
            throw new InvalidKey("a key is not empty");
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidKey("a key has at most " + MAX_BYTES + " bytes");
        }
        if (key.startsWith("/") || key.indexOf('\\') >= 0 || key.indexOf(':') == 1) {
            throw new InvalidKey("a key is relative to its bucket and holds no backslash");
        }
        if (key.startsWith("iceberg:") || key.startsWith("delta:")) {
            throw new InvalidKey("a key must not begin like the name of a table");
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (Character.isISOControl(c) || c == '\uFFFE' || c == '\uFFFF') {
                throw new InvalidKey("a key holds no control characters");
            }
            if (Character.isSurrogate(c) && !isPaired(key, i)) {
                throw new InvalidKey("a key is valid Unicode");
            }
        }
        if (HIDDEN.matcher(key.toLowerCase(Locale.ROOT)).find()) {
            throw new InvalidKey("a key holds no percent-encoded dots or slashes");
        }
        for (String part : key.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new InvalidKey("a key holds no empty parts, '.' or '..'");
            }
        }
    }

    private static boolean isPaired(String key, int i) {
        return Character.isHighSurrogate(key.charAt(i))
                ? i + 1 < key.length() && Character.isLowSurrogate(key.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(key.charAt(i - 1));
    }
}
