package io.glulam.service.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A catalog in Supabase's Data API, or any PostgREST. The rows that come back tell whether the Data API made a change:
 * there, a change of no row succeeds.
 */
public final class DataApiCatalog implements Catalog {
    /** Of a list in a URL: what lies between takes URLs of some thousands. */
    private static final int MAX_CHARACTERS = 4000;

    private final DataApi api;
    private final TableNames names;

    /**
     * Connects to nothing yet.
     *
     * @param address the project's URL, with or without {@code /rest/v1}
     * @throws IllegalArgumentException if {@code address} cannot be one
     */
    public DataApiCatalog(String address, DataApiKey key, TableNames names) {
        this.api = new DataApi(address, key, names.schema());
        this.names = names;
    }

    /** Whether {@code text} looks like the address of a Data API. */
    public static boolean matches(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }

    @Override
    public String describe() {
        return "the Data API at " + api.address().getAuthority() + ", table " + names.table();
    }

    @Override
    public void check() {
        guarded(() -> rows("&" + filter(names.compactionNeeded(), "eq", "true") + "&limit=1"));
    }

    @Override
    public Optional<Dataset> find(String id) {
        return guarded(() -> row(id));
    }

    private Optional<Dataset> row(String id) {
        try {
            return rows("&" + id(id) + "&limit=1").stream().findFirst();
        } catch (DataApiFailed failure) {
            if (failure.isNoSuchValue()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public List<Dataset> list(String after, boolean flagged, int limit) {
        String from = after.isEmpty() ? "" : "&" + filter(names.id(), "gt", after);
        String which = flagged ? "&" + filter(names.compactionNeeded(), "eq", "true") : "";
        return guarded(
                () -> rows(from + which + "&order=" + DataApi.encoded(name(names.id())) + ".asc&limit=" + limit));
    }

    @Override
    public List<Dataset> withKeys(Collection<String> keys) {
        List<Dataset> found = new ArrayList<>();
        StringBuilder some = new StringBuilder();
        if (names.key() != null) {
            for (String key : keys) {
                String element = DataApi.encoded(quoted(key));
                if (!some.isEmpty() && some.length() + element.length() > MAX_CHARACTERS) {
                    found.addAll(withAnyOf(names.key(), some));
                    some.setLength(0);
                }
                some.append(some.isEmpty() ? "" : ",").append(element);
            }
            if (!some.isEmpty()) {
                found.addAll(withAnyOf(names.key(), some));
            }
        }
        return found;
    }

    private List<Dataset> withAnyOf(String column, StringBuilder keys) {
        return guarded(() -> rows("&" + DataApi.encoded(name(column)) + "=in.(" + keys + ")"));
    }

    private List<Dataset> rows(String query) {
        List<Dataset> datasets = new ArrayList<>();
        for (JsonNode row : api.get(names.table(), "select=" + DataApi.encoded(columns()) + query)) {
            datasets.add(dataset(row));
        }
        return datasets;
    }

    @Override
    public UpdateResult update(String id, DatasetUpdate update) {
        return guarded(() -> {
            if (update.clearFlagIf() != null && write(id, update, update.clearFlagIf())) {
                return UpdateResult.FLAG_CLEARED;
            }
            Optional<Dataset> row = row(id);
            if (row.isEmpty()) {
                return UpdateResult.MISSING;
            }
            if (update.clearFlagIf() != null && update.isWrittenIn(row.get())) {
                return UpdateResult.FLAG_CLEARED;
            }
            return write(id, update, null) ? UpdateResult.FLAG_KEPT : UpdateResult.MISSING;
        });
    }

    private boolean write(String id, DatasetUpdate update, @Nullable String clearFlagIf) {
        ObjectNode values = Json.object().put(names.fileSizeBytes(), update.fileSizeBytes());
        if (update.lastCompactedAt() != null) {
            values.put(names.lastCompactedAt(), update.lastCompactedAt().toString());
        }
        if (clearFlagIf == null) {
            return changed(id, "", values);
        }
        String version = clearFlagIf.isEmpty()
                ? filter(names.version(), "is", "null")
                : filter(names.version(), "eq", clearFlagIf);
        return changed(id, "&" + version, values.put(names.compactionNeeded(), false));
    }

    @Override
    public boolean changeKey(String id, String from, String to) {
        String key = key();
        return guarded(
                () -> changed(id, "&" + filter(key, "eq", from), Json.object().put(key, to))
                        || row(id).filter(row -> to.equals(row.key())).isPresent());
    }

    @Override
    public boolean add(String id, String key, boolean flagged) {
        ObjectNode values = Json.object()
                .put(names.id(), id)
                .put(key(), key)
                .put(names.compactionNeeded(), flagged)
                .put(names.version(), now());
        return guarded(() -> {
            try {
                return !api.post(names.table(), returning(), values).isEmpty();
            } catch (DataApiFailed failure) {
                if (failure.isDuplicate()) {
                    return false;
                }
                throw failure;
            }
        });
    }

    @Override
    public boolean flag(String id) {
        ObjectNode values = Json.object().put(names.compactionNeeded(), true).put(names.version(), now());
        return guarded(() -> changed(id, "", values));
    }

    /**
     * Changes a row.
     *
     * @param where what else must hold of it; empty for nothing
     * @return whether there was such a row
     */
    private boolean changed(String id, String where, ObjectNode values) {
        try {
            return !api.patch(names.table(), id(id) + where + "&" + returning(), values)
                    .isEmpty();
        } catch (DataApiFailed failure) {
            // Either the id can be none, or what was to be written is too large for its column.
            if (failure.isNoSuchValue() && row(id).isEmpty()) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        // The client holds nothing that outlives its idle connections.
    }

    /** Of this machine's clock: a column's own default may be anything. */
    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
    }

    private String key() {
        if (names.key() == null) {
            throw new CatalogFailed(
                    "the catalog's table has no column for keys",
                    "name one, or add datasets where they are kept",
                    false,
                    null);
        }
        return names.key();
    }

    private String id(String id) {
        return filter(names.id(), "eq", id);
    }

    /** Everything after the dot is the value, dots and commas included. */
    private static String filter(String column, String operator, String value) {
        return DataApi.encoded(name(column)) + "=" + operator + "." + DataApi.encoded(value);
    }

    /** Only what changing rows gives back; the rows themselves are read by {@link #rows}. */
    private String returning() {
        return "select=" + DataApi.encoded(name(names.id()));
    }

    private String columns() {
        return "id:" + name(names.id()) + "::text"
                + (names.key() == null ? "" : ",key:" + name(names.key()))
                + ",flag:" + name(names.compactionNeeded())
                + ",compacted:" + name(names.lastCompactedAt())
                + ",size:" + name(names.fileSizeBytes())
                + ",version:" + name(names.version()) + "::text";
    }

    /** A column's name as PostgREST's grammar takes it. */
    private static String name(String column) {
        return column.matches("[A-Za-z0-9_]+") ? column : quoted(column);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Dataset dataset(JsonNode row) {
        return new Dataset(
                row.path("id").asText(),
                row.hasNonNull("key") ? row.path("key").asText() : null,
                row.path("flag").asBoolean(),
                row.hasNonNull("compacted") ? instant(row.path("compacted").asText()) : null,
                row.hasNonNull("size") ? row.path("size").asLong() : null,
                row.path("version").asText(""));
    }

    /** Times without a zone are in UTC, as we write them. */
    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        }
    }

    private <T> T guarded(Supplier<T> work) {
        try {
            return work.get();
        } catch (DataApiFailed failure) {
            throw new CatalogFailed(
                    "the catalog (" + describe() + ") cannot be used: " + failure.getMessage(),
                    failure.remedy(),
                    failure.retryable(),
                    failure);
        } catch (DateTimeParseException failure) {
            throw new CatalogFailed(
                    "the catalog (" + describe() + ") holds a time that cannot be read",
                    "check the type of the column " + names.lastCompactedAt(),
                    false,
                    failure);
        }
    }
}
