package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.catalog.TableNames;
import io.glulam.service.request.InvalidField;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A change of a row, as Supabase's database webhooks tell of it.
 *
 * @param datasetId of the row; null if it asks for nothing
 * @param reason why it asks for nothing; null if it asks for a compaction
 */
public record ChangedRow(
        @Nullable String datasetId, @Nullable String reason) {
    private static final String DEFAULT_SCHEMA = "public";

    /**
     * Reads {@code type}, {@code table}, {@code schema}, {@code record} and {@code old_record}. A row asks for a
     * compaction if it is flagged and was not before, or is new.
     *
     * @param names of the table that datasets are in
     * @throws InvalidField naming the first field that is wrong; unknown ones are passed over
     */
    public static ChangedRow read(JsonNode body, TableNames names) {
        if (!body.isObject()) {
            throw new InvalidField("", "the body must be a JSON object");
        }
        String type = required(body, "type");
        String table = required(body, "table");
        JsonNode schema = body.path("schema");
        String wanted = names.schema() == null ? DEFAULT_SCHEMA : names.schema();
        if (!table.equals(names.table())
                || schema.isTextual() && !schema.textValue().equals(wanted)) {
            return nothing("it is another table than " + wanted + "." + names.table());
        }
        JsonNode row = body.path("record");
        if (type.equals("DELETE")) {
            return nothing("the row was deleted");
        }
        if (!type.equals("INSERT") && !type.equals("UPDATE")) {
            throw new InvalidField("type", "must be INSERT, UPDATE or DELETE");
        }
        if (!row.isObject()) {
            throw new InvalidField("record", "must be an object");
        }
        if (!isFlagged(row, names)) {
            return nothing("the row is not flagged");
        }
        if (type.equals("UPDATE") && isFlagged(body.path("old_record"), names)) {
            return nothing("the row was flagged before");
        }
        return new ChangedRow(id(row, names), null);
    }

    private static ChangedRow nothing(String reason) {
        return new ChangedRow(null, reason);
    }

    private static String required(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw new InvalidField(field, "must be text");
        }
        return value.textValue();
    }

    private static boolean isFlagged(JsonNode row, TableNames names) {
        return row.path(names.compactionNeeded()).asBoolean(false);
    }

    private static String id(JsonNode row, TableNames names) {
        JsonNode id = row.path(names.id());
        String field = "record." + names.id();
        if (!id.isTextual() && !id.isIntegralNumber()) {
            throw new InvalidField(field, "must be text or a whole number");
        }
        if (id.asText().isEmpty() || id.asText().length() > Dataset.MAX_ID_CHARACTERS) {
            throw new InvalidField(field, "has 1 to " + Dataset.MAX_ID_CHARACTERS + " characters");
        }
        if (id.asText().chars().anyMatch(Character::isISOControl)) {
            throw new InvalidField(field, "holds no control characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(id.asText())) {
            throw new InvalidField(field, "is valid Unicode");
        }
        return id.asText();
    }
}
