package io.glulam.service.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.plan.Setting;
import io.glulam.plan.SettingForm;
import io.glulam.plan.SettingForm.Json;
import io.glulam.plan.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A compaction's options as JSON: those of the command line, by the same names in camel case. */
public final class OptionsJson {
    private static final String FIELD = "options";

    private OptionsJson() {}

    /**
     * The settings that {@code options} asks for.
     *
     * @throws InvalidField if an option is unknown, of another type, or out of bounds
     */
    public static Settings settings(JsonNode options) {
        Settings settings = Settings.defaults();
        if (options.isMissingNode() || options.isNull()) {
            return settings;
        }
        if (!options.isObject()) {
            throw new InvalidField(FIELD, "must be an object");
        }
        for (Iterator<Map.Entry<String, JsonNode>> fields = options.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> option = fields.next();
            String field = FIELD + "." + option.getKey();
            try {
                settings = apply(settings, option.getKey(), field, option.getValue());
            } catch (IllegalArgumentException e) {
                throw new InvalidField(field, String.valueOf(e.getMessage()));
            }
        }
        return settings;
    }

    private static Settings apply(Settings settings, String name, String field, JsonNode value) {
        for (Setting<?> setting : Setting.offered()) {
            if (setting.camelCase().equals(name)) {
                boolean nothing = setting.form().json() == Json.LIST && value.isArray() && value.isEmpty();
                return nothing ? settings : setting.parse(text(setting.form(), field, value), settings);
            }
        }
        String known = Setting.offered().stream().map(Setting::camelCase).collect(Collectors.joining(", "));
        throw new InvalidField(field, "is not an option; known are " + known);
    }

    /** The value as people write it. */
    private static String text(SettingForm<?> form, String field, JsonNode value) {
        boolean number = value.isIntegralNumber() && value.canConvertToLong();
        switch (form.json()) {
            case FLAG -> {
                return String.valueOf(flag(field, value));
            }
            case NUMBER -> {
                if (!number) {
                    throw new InvalidField(field, "must be a whole number");
                }
                return value.asText();
            }
            case TEXT_OR_NUMBER -> {
                if (!number && !value.isTextual()) {
                    throw new InvalidField(field, "must be a size, like \"2MiB\", or a number of bytes");
                }
                return value.asText();
            }
            case LIST -> {
                return elements(field, value);
            }
            default -> {
                return oneText(form, field, value);
            }
        }
    }

    private static String oneText(SettingForm<?> form, String field, JsonNode value) {
        boolean known = form.words().isEmpty() || form.words().contains(value.asText());
        if (!value.isTextual() || !known) {
            String words = form.words().isEmpty() ? "text" : "one of " + String.join(", ", form.words());
            throw new InvalidField(field, "must be " + words);
        }
        return value.textValue();
    }

    private static String elements(String field, JsonNode value) {
        if (!value.isArray()) {
            throw new InvalidField(field, "must be a list of engines");
        }
        List<String> elements = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual() || element.textValue().indexOf(',') >= 0) {
                throw new InvalidField(field, "must be a list of engines");
            }
            elements.add(element.textValue());
        }
        return String.join(",", elements);
    }

    public static boolean flag(String field, JsonNode value) {
        if (!value.isBoolean()) {
            throw new InvalidField(field, "must be true or false");
        }
        return value.booleanValue();
    }

    /** An enum's constant, in lower case with dashes. */
    static <E extends Enum<E>> E word(Class<E> type, String field, JsonNode value) {
        for (E constant : type.getEnumConstants()) {
            if (value.isTextual() && wordOf(constant).equals(value.textValue())) {
                return constant;
            }
        }
        String known =
                Arrays.stream(type.getEnumConstants()).map(OptionsJson::wordOf).collect(Collectors.joining(", "));
        throw new InvalidField(field, "must be one of " + known);
    }

    static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
