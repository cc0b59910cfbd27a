package io.glulam.service.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.plan.Settings;
import io.glulam.plan.Units;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that a client sent. Every method throws {@link InvalidField} for one that is wrong. */
public final class Fields {
    private final JsonNode body;

    private Fields(JsonNode body) {
        this.body = body;
    }

    /** Those of an object, which may have no others than {@code known}. */
    public static Fields of(JsonNode body, Set<String> known) {
        if (!body.isObject()) {
            throw new InvalidField("", "the body must be a JSON object");
        }
        Set<String> unknown = new TreeSet<>();
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            String field = unknown.iterator().next();
            throw new InvalidField(
                    field,
                    known.isEmpty()
                            ? "is unknown"
                            : "is unknown; known are " + String.join(", ", new TreeSet<>(known)));
        }
        return new Fields(body);
    }

    /** Text of one line; null if it is missing. */
    public @Nullable String text(String field, int mostCharacters) {
        JsonNode value = body.path(field);
        return value.isMissingNode() || value.isNull() ? null : requireText(field, value, mostCharacters);
    }

    private static String requireText(String field, JsonNode value, int mostCharacters) {
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new InvalidField(field, "must be text that is not empty");
        }
        String text = value.textValue();
        if (text.length() > mostCharacters) {
            throw new InvalidField(field, "has at most " + mostCharacters + " characters");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidField(field, "holds no control characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidField(field, "is valid Unicode");
        }
        return text;
    }

    /** As {@link #text}, which must be there. */
    public String requireText(String field, int mostCharacters) {
        String text = text(field, mostCharacters);
        if (text == null) {
            throw new InvalidField(field, "is required");
        }
        return text;
    }

    /** A truth value. */
    public boolean flag(String field, boolean otherwise) {
        JsonNode value = body.path(field);
        return value.isMissingNode() || value.isNull() ? otherwise : OptionsJson.flag(field, value);
    }

    /** A whole number from 1 on. */
    public int number(String field, int otherwise, int most) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > most) {
            throw new InvalidField(field, "must be a whole number from 1 to " + most);
        }
        return value.intValue();
    }

    /** A whole number from 0 on, which must be there. */
    public int requireIndex(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new InvalidField(field, "is required");
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
            throw new InvalidField(field, "must be a whole number from 0 on");
        }
        return value.intValue();
    }

    /** Texts of one line each, all of them different; null if they are missing. */
    public @Nullable List<String> texts(String field, int most, int mostCharacters) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isArray() || value.isEmpty() || value.size() > most) {
            throw new InvalidField(field, "must be a list of 1 to " + most + " texts");
        }
        Set<String> texts = new LinkedHashSet<>();
        for (int i = 0; i < value.size(); i++) {
            String element = field + "[" + i + "]";
            if (!texts.add(requireText(element, value.get(i), mostCharacters))) {
                throw new InvalidField(element, "is named twice");
            }
        }
        return List.copyOf(texts);
    }

    /** A size of at least one byte, as text with a unit or as a number. */
    public long size(String field, long otherwise) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual() && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw new InvalidField(field, "must be a size, like \"2MiB\", or a number of bytes");
        }
        long size;
        try {
            size = Units.parseSize(value.asText());
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, String.valueOf(e.getMessage()));
        }
        if (size < 1) {
            throw new InvalidField(field, "must be at least one byte");
        }
        return size;
    }

    /** An amount of dollars of at least 0; infinite if it is missing. */
    public double dollars(String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Double.POSITIVE_INFINITY;
        }
        if (!value.isNumber() || !(value.doubleValue() >= 0)) {
            throw new InvalidField(field, "must be a number of dollars, 0 or more");
        }
        return value.doubleValue();
    }

    /** One of an enum's words. */
    public <E extends Enum<E>> E word(String field, E otherwise) {
        JsonNode value = body.path(field);
        return value.isMissingNode() || value.isNull()
                ? otherwise
                : OptionsJson.word(otherwise.getDeclaringClass(), field, value);
    }

    /** A compaction's options; the defaults if they are missing. */
    public Settings settings(String field) {
        return OptionsJson.settings(body.path(field));
    }
}
