package io.glulam.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** An option without a value. Not thread-safe. */
public final class Flag implements CommandPart {
    private final OptionSpec spec;

    /** @param about what the help says */
    public Flag(String about, String... names) {
        this(OptionSpec.builder(names).description(about));
    }

    private Flag(OptionSpec.Builder builder) {
        this.spec = builder.type(boolean.class).build();
    }

    /** One that shows the command's help instead of running it. */
    public static Flag help(String about, String... names) {
        return new Flag(OptionSpec.builder(names).description(about).usageHelp(true));
    }

    /** One that prints the command's version instead of running it. */
    public static Flag version(String about, String... names) {
        return new Flag(OptionSpec.builder(names).description(about).versionHelp(true));
    }

    @Override
    public void addTo(CommandSpec spec) {
        spec.addOption(this.spec);
    }

    /** Whether it is given. */
    public boolean isGiven() {
        @Nullable Boolean given = spec.getValue();
        return Boolean.TRUE.equals(given);
    }
}
