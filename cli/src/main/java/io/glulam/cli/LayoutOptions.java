package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.plan.Setting;
import io.glulam.plan.Settings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The options that decide the bytes of the output, one for each {@link Setting}; a saved plan holds them already. */
final class LayoutOptions implements CommandPart {
    private final List<SettingOption> options = new ArrayList<>();

    LayoutOptions() {
        for (Setting<?> setting : Setting.offered()) {
            options.add(new SettingOption(setting));
        }
    }

    @Override
    public void addTo(CommandSpec spec) {
        for (SettingOption option : options) {
            option.addTo(spec);
        }
    }

    /** Whether any was typed. */
    boolean anyTyped() {
        for (SettingOption option : options) {
            if (option.isTyped()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The settings they make.
     *
     * @throws IllegalArgumentException with a sentence for people, if they are out of bounds
     */
    Settings settings() {
        Settings settings = Settings.defaults();
        for (SettingOption option : options) {
            settings = option.applyTo(settings);
        }
        return settings;
    }
}
