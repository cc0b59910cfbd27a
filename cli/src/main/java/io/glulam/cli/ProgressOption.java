package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.cli.progress.Progress;
import io.glulam.cli.text.Output;
import picocli.CommandLine.Model.CommandSpec;

/** How a run shows how far it is, and whether it reports at all. */
final class ProgressOption implements CommandPart {
    private final Value<Progress.Form> form = Value.option(
            Words.constant(Progress.Form.class),
            "FORM",
            "Progress on standard error: auto, some lines on terminals; none; json, one document per line"
                    + " (default: auto).",
            "--progress");
    private final Flag quiet = new Flag("Print no report and no progress, only errors.", "-q", "--quiet");

    @Override
    public void addTo(CommandSpec spec) {
        form.addTo(spec);
        quiet.addTo(spec);
    }

    boolean isQuiet() {
        return quiet.isGiven();
    }

    /** Returns what shows the progress; to be closed. */
    Progress begin(Output output) {
        return Progress.on(output, isQuiet() ? Progress.Form.NONE : form.or(Progress.Form.AUTO));
    }
}
