package io.glulam.cli.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives picocli the value of an option that is not typed. */
public record ConfiguredValues(Configuration configuration) implements IDefaultValueProvider {
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        Configured value = argument instanceof OptionSpec option ? of(option) : null;
        return value == null ? null : value.value();
    }

    /** Picocli asks for it on each start, and a record's own is made at run time. */
    @Override
    public String toString() {
        return "configured values";
    }

    /** The configured value of {@code option}; null if there is none. */
    public @Nullable Configured of(OptionSpec option) {
        String name = option.longestName();
        return name.startsWith("--") ? configuration.get(name.substring(2)) : null;
    }
}
