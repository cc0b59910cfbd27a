package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import io.glulam.tables.StagedFile;
import io.glulam.tables.TableReport.MovedBytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A new file of a table, as the ledger keeps it until it is committed. */
final class StagedFileJson {
    private StagedFileJson() {}

    static JsonNode of(StagedFile file) {
        ObjectNode json = Json.object();
        json.put("output", file.output());
        json.put("place", file.place());
        json.put("entry", file.entry());
        file.left().forEach(json.putArray("left")::add);
        json.put("sourceBytes", file.sourceBytes());
        json.putObject("bytes")
                .put("moved", file.bytes().moved())
                .put("remapped", file.bytes().remapped())
                .put("recoded", file.bytes().recoded())
                .put("added", file.bytes().added());
        ObjectNode traffic = json.putObject("traffic");
        traffic.put("downloaded", file.traffic().downloaded());
        traffic.put("uploaded", file.traffic().uploaded());
        traffic.put("copied", file.traffic().copied());
        ObjectNode requests = traffic.putObject("requests");
        file.traffic().requests().forEach((kind, count) -> requests.put(kind.name(), count));
        return json;
    }

    static StagedFile read(JsonNode json) {
        List<Integer> left = new ArrayList<>();
        json.path("left").forEach(index -> left.add(index.intValue()));
        JsonNode bytes = json.path("bytes");
        JsonNode traffic = json.path("traffic");
        Map<RequestKind, Long> requests = new EnumMap<>(RequestKind.class);
        traffic.path("requests")
                .fields()
                .forEachRemaining(field -> requests.put(
                        RequestKind.valueOf(field.getKey()), field.getValue().longValue()));
        return new StagedFile(
                json.path("output").intValue(),
                json.path("place").textValue(),
                json.path("entry").textValue(),
                left,
                json.path("sourceBytes").longValue(),
                new MovedBytes(
                        bytes.path("moved").longValue(),
                        bytes.path("remapped").longValue(),
                        bytes.path("recoded").longValue(),
                        bytes.path("added").longValue()),
                new Traffic(
                        traffic.path("downloaded").longValue(),
                        traffic.path("uploaded").longValue(),
                        traffic.path("copied").longValue(),
                        requests));
    }
}
