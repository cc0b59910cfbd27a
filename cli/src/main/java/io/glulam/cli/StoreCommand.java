package io.glulam.cli;

/** {@code glulam store}. */
final class StoreCommand extends Subcommand {
    static final String ABOUT = "Checks what a store can do; removes uploads that interrupted runs left in it.";

    StoreCommand(Main main) {
        super(main, ABOUT);
        spec().usageMessage().synopsisSubcommandLabel("COMMAND");
        spec().addSubcommand("probe", CommandLines.of(new StoreProbeCommand(main).spec()));
        spec().addSubcommand("clean", CommandLines.of(new StoreCleanCommand(main).spec()));
    }

    @Override
    public Integer call() {
        line().usage(line().getOut());
        return ExitCode.DONE.code();
    }
}
