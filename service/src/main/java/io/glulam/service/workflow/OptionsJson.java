package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.plan.Compatibility;
import io.glulam.plan.Compression;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.Reader;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Units;
import io.glulam.plan.Verify;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A compaction's options as JSON: those of the command line, by the same names in camel case. */
final class OptionsJson {
    private static final String FIELD = "options";

    private static final List<String> KNOWN = List.of(
            "threshold",
            "targetSize",
            "maxRows",
            "order",
            "effort",
            "verify",
            "strict",
            "rewrite",
            "codec",
            "pageSize",
            "writerCompat",
            "readers");

    private OptionsJson() {}

    /**
     * The settings that {@code options} asks for.
     *
     * @throws InvalidField if an option is unknown, of another type, or out of bounds
     */
    static Settings settings(JsonNode options) {
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
        return switch (name) {
            case "threshold" ->
                settings.withThreshold(
                        value.asText().equals("auto") ? Threshold.AUTO : new Threshold.Fixed(size(field, value)));
            case "targetSize" -> settings.withTargetBytes(size(field, value));
            case "maxRows" -> settings.withMaxRows(number(field, value));
            case "order" -> settings.withOrder(word(Order.class, field, value));
            case "effort" -> settings.withEffort(word(Effort.class, field, value));
            case "verify" -> settings.withVerify(word(Verify.class, field, value));
            case "strict" -> settings.withStrict(flag(field, value));
            case "rewrite" -> settings.withRewrite(word(Rewrite.class, field, value));
            case "pageSize" -> settings.withPages(pageBytes(field, value), settings.pageRows());
            case "codec" -> settings.withForm(settings.form().withCompression(Compression.parse(text(field, value))));
            case "writerCompat" ->
                settings.withForm(settings.form().withCompatibility(Compatibility.parse(text(field, value))));
            case "readers" -> settings.withForm(settings.form().withReaders(readers(field, value)));
            default -> throw new InvalidField(field, "is no option; known are " + String.join(", ", KNOWN));
        };
    }

    /** A size in bytes, as a number or with a unit. */
    private static long size(String field, JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (!value.isTextual()) {
            throw new InvalidField(field, "must be a size, like \"2MiB\", or a number of bytes");
        }
        return Units.parseSize(value.textValue());
    }

    private static int pageBytes(String field, JsonNode value) {
        long bytes = size(field, value);
        if (bytes > Integer.MAX_VALUE) {
            throw new InvalidField(field, "cannot be more than 2 GiB");
        }
        return (int) bytes;
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw new InvalidField(field, "must be text");
        }
        return value.textValue();
    }

    private static List<Reader> readers(String field, JsonNode value) {
        if (!value.isArray()) {
            throw new InvalidField(field, "must be a list of engines");
        }
        List<Reader> readers = new ArrayList<>();
        value.forEach(name -> readers.add(Reader.parse(text(field, name))));
        return readers;
    }

    private static long number(String field, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new InvalidField(field, "must be a whole number");
        }
        return value.longValue();
    }

    static boolean flag(String field, JsonNode value) {
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
