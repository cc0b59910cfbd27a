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
            "How far the run is, on standard error: auto, a line on terminals; none; json, a document a line"
                    + " (default: auto).",
            "--progress");
    private final Flag quiet = new Flag("No report and no progress; failures are still told.", "-q", "--quiet");

    @Override
    public void addTo(CommandSpec spec) {
        form.addTo(spec);
        quiet.addTo(spec);
    }

    boolean isQuiet() {
        return quiet.isGiven();
    }

    /** What shows it; to be closed. */
    Progress begin(Output output) {
        return Progress.on(output, isQuiet() ? Progress.Form.NONE : form.or(Progress.Form.AUTO));
    }
}
