package io.glulam.testkit.line;

import java.util.ArrayList;
import java.util.List;

/** Cells of a row in one line: separated by tabs, with tabs, line ends and backslashes escaped; a null is {@code \N}. */
final class Lines {
    private static final String NULL = "\\N";

    private Lines() {}

    static String row(List<String> cells) {
        List<String> escaped = new ArrayList<>();
        cells.forEach(cell -> escaped.add(cell == null ? NULL : escaped(cell)));
        return String.join("\t", escaped);
    }

    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.split("\t", -1)) {
            cells.add(cell.equals(NULL) ? null : plain(cell));
        }
        return cells;
    }

    static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'n' -> plain.append('\n');
                default -> plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
