package io.glulam.cli.shell;

import io.glulam.cli.shell.DescribedCommand.Option;
import java.util.Locale;

/** The manual page of a command, for section 1, in the macros of {@code man(7)}. */
public final class ManualPage {
    private ManualPage() {}

    /** The name of the page of {@code command}, as {@code glulam-compact}. */
    public static String nameOf(DescribedCommand command) {
        return String.join("-", command.path());
    }

    /** The page's text. */
    public static String of(DescribedCommand command, String version) {
        StringBuilder page = new StringBuilder();
        page.append(".TH ")
                .append(nameOf(command).toUpperCase(Locale.ROOT))
                .append(" 1 \"\" \"glulam ")
                .append(version)
                .append("\" \"Glulam\"\n");
        page.append(".SH NAME\n")
                .append(nameOf(command))
                .append(" \\- ")
                .append(escaped(command.title()))
                .append('\n');
        page.append(".SH SYNOPSIS\n.B ")
                .append(String.join(" ", command.path()))
                .append('\n');
        page.append(command.subcommands().isEmpty() ? "[\\fIOPTIONS\\fR]" : "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR");
        command.arguments()
                .forEach(argument ->
                        page.append(" \\fI").append(escaped(argument.label())).append("\\fR"));
        page.append('\n');
        addCommands(page, command);
        addArguments(page, command);
        addOptions(page, command);
        addExitCodes(page, command);
        return page.toString();
    }

    private static void addCommands(StringBuilder page, DescribedCommand command) {
        if (command.subcommands().isEmpty()) {
            return;
        }
        page.append(".SH COMMANDS\n");
        for (DescribedCommand below : command.subcommands()) {
            page.append(".TP\n.BR ")
                    .append(escaped(nameOf(below)))
                    .append(" (1)\n")
                    .append(escaped(below.title()))
                    .append('\n');
        }
    }

    private static void addArguments(StringBuilder page, DescribedCommand command) {
        if (command.arguments().isEmpty()) {
            return;
        }
        page.append(".SH ARGUMENTS\n");
        command.arguments()
                .forEach(argument -> page.append(".TP\n.I ")
                        .append(escaped(argument.label()))
                        .append('\n')
                        .append(escaped(argument.about()))
                        .append('\n'));
    }

    private static void addOptions(StringBuilder page, DescribedCommand command) {
        page.append(".SH OPTIONS\n");
        for (Option option : command.options()) {
            page.append(".TP\n\\fB")
                    .append(escaped(String.join(", ", option.names())))
                    .append("\\fR")
                    .append(option.takesValue() ? "=\\fI" + escaped(option.label()) + "\\fR" : "")
                    .append('\n')
                    .append(escaped(option.about()))
                    .append('\n');
        }
    }

    private static void addExitCodes(StringBuilder page, DescribedCommand command) {
        if (command.exitCodes().isEmpty()) {
            page.append(".SH SEE ALSO\n.BR glulam (1)\n");
            return;
        }
        page.append(".SH EXIT STATUS\n");
        command.exitCodes()
                .forEach((code, meaning) -> page.append(".TP\n.B ")
                        .append(code)
                        .append('\n')
                        .append(escaped(meaning))
                        .append('\n'));
    }

    /** Backslashes and dashes as they are; no line that would begin with a control character. */
    private static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }
}
