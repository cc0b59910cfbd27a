package io.glulam.cli.option;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** An option with a value, or an argument in its place. It has a value once the command line is read. Not thread-safe. */
public final class Value<T> implements CommandPart {
    private final ArgSpec spec;

    private Value(ArgSpec spec) {
        this.spec = spec;
    }

    // ---- Options

    /**
     * An option that may be given once.
     *
     * @param label what the help calls the value
     * @param about what the help says of the option
     */
    public static <T> Value<T> option(Kind<T> kind, String label, String about, String... names) {
        return new Value<>(optionOf(kind, label, about, names).build());
    }

    /** An option with values that are separated by commas; it may be given several times. */
    public static <T> Value<List<T>> options(Kind<T> kind, String label, String about, String... names) {
        return new Value<>(optionOf(kind, label, about, names)
                .type(List.class)
                .auxiliaryTypes(kind.type())
                .splitRegex(",")
                .build());
    }

    /** An option with one value each time that it is given; it may be given several times. */
    public static <T> Value<List<T>> repeated(Kind<T> kind, String label, String about, String... names) {
        return new Value<>(optionOf(kind, label, about, names)
                .type(List.class)
                .auxiliaryTypes(kind.type())
                .build());
    }

    /** An option with two values. */
    public static <T> Value<List<T>> pair(Kind<T> kind, String label, String about, String... names) {
        return new Value<>(optionOf(kind, label, about, names)
                .type(List.class)
                .auxiliaryTypes(kind.type())
                .arity("2")
                .build());
    }

    /** An option that the command has, and every command under it. */
    public static <T> Value<T> inherited(Kind<T> kind, String label, String about, String... names) {
        return new Value<>(
                optionOf(kind, label, about, names).scopeType(ScopeType.INHERIT).build());
    }

    /** An option that the help does not tell of. */
    public static <T> Value<T> hidden(Kind<T> kind, String label, String... names) {
        return new Value<>(optionOf(kind, label, "", names).hidden(true).build());
    }

    private static <T> OptionSpec.Builder optionOf(Kind<T> kind, String label, String about, String... names) {
        return OptionSpec.builder(names)
                .type(kind.type())
                .converters(kind.converters())
                .completionCandidates(kind.words())
                .paramLabel(label)
                .description(about);
    }

    // ---- Arguments

    /**
     * An argument that must be given.
     *
     * @param index its place among the arguments that are no options, from 0 on
     */
    public static <T> Value<T> argument(int index, Kind<T> kind, String label, String about) {
        return new Value<>(argumentOf(kind, label, about)
                .index(Integer.toString(index))
                .required(true)
                .build());
    }

    /** An argument that may be missing. */
    public static <T> Value<T> optionalArgument(int index, Kind<T> kind, String label, String about) {
        return new Value<>(argumentOf(kind, label, about)
                .index(Integer.toString(index))
                .arity("0..1")
                .build());
    }

    /** All the arguments that are no options, at least one. */
    public static <T> Value<List<T>> arguments(Kind<T> kind, String label, String about) {
        return new Value<>(argumentOf(kind, label, about)
                .type(List.class)
                .auxiliaryTypes(kind.type())
                .arity("1..*")
                .required(true)
                .build());
    }

    private static <T> PositionalParamSpec.Builder argumentOf(Kind<T> kind, String label, String about) {
        return PositionalParamSpec.builder()
                .type(kind.type())
                .converters(kind.converters())
                .paramLabel(label)
                .description(about);
    }

    /** All the arguments that are no options; there may be none. */
    public static <T> Value<List<T>> optionalArguments(Kind<T> kind, String label, String about) {
        return new Value<>(argumentOf(kind, label, about)
                .type(List.class)
                .auxiliaryTypes(kind.type())
                .arity("0..*")
                .build());
    }

    // ---- What is read

    @Override
    public void addTo(CommandSpec spec) {
        spec.add(this.spec);
    }

    /** The value; null if none is given. */
    public @Nullable T get() {
        return spec.getValue();
    }

    /** The value, or {@code otherwise} if none is given. */
    public T or(T otherwise) {
        T value = get();
        return value == null ? otherwise : value;
    }

    /** The value where one is known to be given. */
    public T required() {
        T value = get();
        if (value == null) {
            throw new IllegalStateException("no value is given for " + spec.paramLabel());
        }
        return value;
    }

    /** Whether a value is given. */
    public boolean isGiven() {
        return get() != null;
    }

    /** Whether it was typed, and not set once for all runs. */
    public boolean isTyped() {
        ParseResult parsed = spec.command().commandLine().getParseResult();
        return isGiven() && parsed != null && spec instanceof OptionSpec option && parsed.hasMatchedOption(option);
    }
}
