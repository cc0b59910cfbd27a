package io.glulam.cli.page;

import io.glulam.cli.text.Texts;
import java.util.ArrayDeque;
import java.util.Deque;

/** Markup that is well formed, with texts escaped. Not thread-safe. */
final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Begins an element.
     *
     * @param attributes names and values in turns; a value is escaped
     */
    Markup begin(String element, String... attributes) {
        tag(element, attributes).append('>');
        open.push(element);
        return this;
    }

    /** An element without content. */
    Markup empty(String element, String... attributes) {
        tag(element, attributes).append("/>");
        return this;
    }

    private StringBuilder tag(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        return out;
    }

    /** Text, which may come from a file. */
    Markup text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Lines of text. */
    Markup lines(String text) {
        text.lines().forEach(line -> out.append(escaped(line)).append('\n'));
        return this;
    }

    /** Ends the element that was begun last. */
    Markup end() {
        out.append("</").append(open.pop()).append(">");
        return this;
    }

    /** An element with text in it. */
    Markup element(String element, String text, String... attributes) {
        return begin(element, attributes).text(text).end();
    }

    /** A new line, for who reads the source. */
    Markup line() {
        out.append('\n');
        return this;
    }

    private static String escaped(String text) {
        return Texts.printable(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
