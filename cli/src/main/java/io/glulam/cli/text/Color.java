package io.glulam.cli.text;

/** The few colours used, as ANSI escape sequences. */
public enum Color {
    GOOD("32"),
    BAD("33"),
    STRONG("1"),
    FAINT("2");

    private final String code;

    Color(String code) {
        this.code = code;
    }

    /** {@code text} in this colour. */
    public String paint(String text) {
        return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
