package io.glulam.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Markdown file with places for measured sections, each between two comments. */
final class Document {
    private Document() {}

    /** The section between its two comments. */
    static String marked(Section section, String markdown) {
        return begin(section) + "\n" + markdown.strip() + "\n" + end(section) + "\n";
    }

    /** Replaces what stands between the section's two comments. */
    static void replace(Path file, Section section, String markdown) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(begin(section));
        int end = text.indexOf(end(section) + "\n");
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(file + " has no place for " + section.word());
        }
        String rest = text.substring(end + end(section).length() + 1);
        Files.writeString(file, text.substring(0, begin) + marked(section, markdown) + rest);
    }

    /** The comment before a section. */
    static String begin(Section section) {
        return "<!-- bench/run " + section.word() + " -->";
    }

    /** The comment behind a section. */
    static String end(Section section) {
        return "<!-- end of " + section.word() + " -->";
    }
}
