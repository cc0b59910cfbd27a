package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import io.glulam.storage.ObjectFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A merge that has not ended: its inputs, and the objects that it has published or is about to. Its intents hold it, so that a
 * later run carries it on after a crash.
 *
 * @param before the inputs
 * @param target the key or the folder that it writes to
 * @param outputs in the order of the rows; of an intent, the last may not have been published
 * @param publishedAt when the last output was about to be published; null before the first
 * @param recovered whether an earlier run has published outputs; null in an instance's first run
 */
record BegunMerge(
        FileTotals before,
        String target,
        List<Output> outputs,
        @Nullable Instant publishedAt,
        @Nullable Boolean recovered) {
    private static final String BEFORE = "before";
    private static final String TARGET = CompactedObject.KEY;
    private static final String OUTPUTS = "outputs";
    private static final String RECOVERED = "recovered";

    BegunMerge {
        outputs = List.copyOf(outputs);
    }

    /**
     * A new object.
     *
     * @param key of the object
     * @param size its bytes
     * @param version that it has; empty if the store has not told it yet
     * @param rows of the object; null until the step has looked at it
     * @param rowGroups of the object; null until the step has looked at it
     */
    record Output(
            String key,
            long size,
            String version,
            @Nullable Long rows,
            @Nullable Long rowGroups) {
        private static Output read(JsonNode json) {
            return new Output(
                    Json.requireText(json, CompactedObject.KEY),
                    json.path(CompactedObject.SIZE).longValue(),
                    Json.requireText(json, CompactedObject.VERSION),
                    Json.nullableLong(json, "rows"),
                    Json.nullableLong(json, "rowGroups"));
        }

        private void write(ObjectNode json) {
            json.put(CompactedObject.KEY, key);
            json.put(CompactedObject.SIZE, size);
            json.put(CompactedObject.VERSION, version);
            if (rows != null) {
                json.put("rows", rows);
            }
            if (rowGroups != null) {
                json.put("rowGroups", rowGroups);
            }
        }

        Output withVersion(String found) {
            return new Output(key, size, found, rows, rowGroups);
        }
    }

    /** Returns a merge that has written nothing. */
    static BegunMerge of(PinnedInputs pinned, String target) {
        return new BegunMerge(FileTotals.of(pinned.inputs().size(), pinned.bytes()), target, List.of(), null, null);
    }

    static BegunMerge read(JsonNode json) {
        List<Output> outputs = new ArrayList<>();
        json.path(OUTPUTS).forEach(output -> outputs.add(Output.read(output)));
        String publishedAt = json.path(CompactedObject.PUBLISHED_AT).textValue();
        return new BegunMerge(
                FileTotals.read(json.path(BEFORE)),
                Json.requireText(json, TARGET),
                outputs,
                publishedAt == null ? null : Instant.parse(publishedAt),
                json.has(RECOVERED) ? (Boolean) json.path(RECOVERED).booleanValue() : null);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.set(BEFORE, before.toJson());
        json.put(TARGET, target);
        ArrayNode array = json.putArray(OUTPUTS);
        outputs.forEach(output -> output.write(array.addObject()));
        if (publishedAt != null) {
            json.put(CompactedObject.PUBLISHED_AT, publishedAt.toString());
        }
        if (recovered != null) {
            json.put(RECOVERED, recovered);
        }
        return json;
    }

    /** Returns whether outputs are those of an earlier run. */
    boolean isRecovered() {
        return Boolean.TRUE.equals(recovered);
    }

    /** Returns this merge with an object that is about to appear. */
    BegunMerge publishing(String key, long size, String expectedVersion, Instant now) {
        List<Output> more = new ArrayList<>(outputs);
        more.add(new Output(key, size, expectedVersion, null, null));
        return new BegunMerge(before, target, more, now, recovered);
    }

    /**
     * Returns this merge as a later run finds it.
     *
     * @param last the last output, as the store has it; null if it was not published
     */
    BegunMerge found(@Nullable ObjectFacts last) {
        List<Output> kept = new ArrayList<>(outputs);
        Output newest = kept.remove(kept.size() - 1);
        if (last != null) {
            kept.add(newest.withVersion(last.version()));
        }
        return new BegunMerge(before, target, kept, publishedAt, !kept.isEmpty());
    }

    BegunMerge withBefore(FileTotals counted) {
        return new BegunMerge(counted, target, outputs, publishedAt, recovered);
    }

    BegunMerge withOutputs(List<Output> others) {
        return new BegunMerge(before, target, others, publishedAt, recovered);
    }
}
