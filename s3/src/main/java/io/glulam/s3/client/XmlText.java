package io.glulam.s3.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The little of XML that stores answer with: elements with text, nested in elements, namespaces as default. Anything else
 * is not found rather than understood.
 */
final class XmlText {
    private XmlText() {}

    /** The text of the first element of that name; null if there is none. */
    static @Nullable String first(String xml, String name) {
        List<String> found = all(xml, name, 1);
        return found.isEmpty() ? null : unescaped(found.get(0));
    }

    /** Returns the content of each element of that name, in order; still escaped. */
    static List<String> all(String xml, String name) {
        return all(xml, name, Integer.MAX_VALUE);
    }

    private static List<String> all(String xml, String name, int most) {
        List<String> found = new ArrayList<>();
        String open = "<" + name;
        String close = "</" + name + ">";
        int at = xml.indexOf(open);
        while (at >= 0 && found.size() < most) {
            int next = at + open.length();
            int end = next < xml.length() && (xml.charAt(next) == '>' || xml.charAt(next) == ' ')
                    ? xml.indexOf('>', next)
                    : -1;
            if (end >= 0) {
                int closing = xml.indexOf(close, end);
                if (closing < 0) {
                    break;
                }
                found.add(xml.substring(end + 1, closing));
                next = closing;
            }
            at = xml.indexOf(open, next);
        }
        return found;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String unescaped(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            int end = text.charAt(at) == '&' ? text.indexOf(';', at) : -1;
            if (end < 0) {
                plain.append(text.charAt(at++));
            } else {
                appendEntity(text.substring(at + 1, end), plain);
                at = end + 1;
            }
        }
        return plain.toString();
    }

    /** Appends the character of a number, which begins with x if it is hexadecimal; false if it is none. */
    private static boolean appendNumbered(String number, StringBuilder plain) {
        try {
            boolean hexadecimal = number.startsWith("x");
            plain.appendCodePoint(hexadecimal ? Integer.parseInt(number.substring(1), 16) : Integer.parseInt(number));
            return true;
        } catch (IllegalArgumentException notANumber) {
            return false;
        }
    }

    private static void appendEntity(String name, StringBuilder plain) {
        switch (name) {
            case "amp" -> plain.append('&');
            case "lt" -> plain.append('<');
            case "gt" -> plain.append('>');
            case "quot" -> plain.append('"');
            case "apos" -> plain.append('\'');
            default -> {
                if (!name.startsWith("#") || !appendNumbered(name.substring(1), plain)) {
                    plain.append('&').append(name).append(';');
                }
            }
        }
    }
}
