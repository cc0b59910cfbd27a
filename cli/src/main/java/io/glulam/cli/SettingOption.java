package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.plan.Setting;
import io.glulam.plan.SettingForm.Json;
import io.glulam.plan.Settings;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The option for one setting: its flag, its help and its value come from the table of settings. Not thread-safe. */
final class SettingOption implements CommandPart {
    private final Setting<?> setting;
    private final CommandPart part;
    private final BooleanSupplier given;
    private final BooleanSupplier typed;
    private final Supplier<String> text;

    SettingOption(Setting<?> setting) {
        this.setting = setting;
        String name = "--" + setting.name();
        String label = setting.form().label();
        Checked checked = new Checked(setting);
        Kind<String> kind = new Kind<>(String.class, checked, checked);
        switch (setting.form().json()) {
            case FLAG -> {
                Flag flag = new Flag(about(setting), name);
                part = flag;
                given = flag::isGiven;
                typed = flag::isGiven;
                text = () -> "true";
            }
            case LIST -> {
                Value<List<String>> values = Value.options(kind, label, about(setting), name);
                part = values;
                given = values::isGiven;
                typed = values::isTyped;
                text = () -> String.join(",", values.required());
            }
            default -> {
                Value<String> value = Value.option(kind, label, about(setting), name);
                part = value;
                given = value::isGiven;
                typed = value::isTyped;
                text = value::required;
            }
        }
    }

    private static String about(Setting<?> setting) {
        String choices = setting.form().json() == Json.LIST
                ? ": " + String.join(", ", setting.form().words())
                : "";
        String usual = setting.usualText().isEmpty() ? "" : " (default: " + setting.usualText() + ")";
        return setting.about() + choices + usual + ".";
    }

    @Override
    public void addTo(CommandSpec spec) {
        part.addTo(spec);
    }

    /** Whether it has a value, typed or set once for all runs. */
    boolean isGiven() {
        return given.getAsBoolean();
    }

    /** Whether it was typed. */
    boolean isTyped() {
        return typed.getAsBoolean();
    }

    /**
     * Returns {@code settings} with the value that is given; the same if none is.
     *
     * @throws IllegalArgumentException with a sentence for people, if the value is out of bounds
     */
    Settings applyTo(Settings settings) {
        return isGiven() ? setting.parse(text.get(), settings) : settings;
    }

    /** Refuses what cannot be parsed. A class, not a lambda: see {@link io.glulam.cli.option.Words}. */
    private record Checked(Setting<?> setting) implements ITypeConverter<String>, Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return setting.form().words().iterator();
        }

        @Override
        public String convert(String value) {
            try {
                setting.form().parse(value);
                return value;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
