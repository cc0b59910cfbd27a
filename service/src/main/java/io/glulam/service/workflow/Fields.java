package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.plan.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that somebody sent. Every method throws {@link InvalidField} for one that is wrong. */
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
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
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

    /** A compaction's options; the defaults if they are missing. */
    public Settings settings(String field) {
        return OptionsJson.settings(body.path(field));
    }
}
