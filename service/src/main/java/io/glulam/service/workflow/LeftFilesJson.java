package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.glulam.service.json.Json;
import io.glulam.tables.LeftFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of a table that a compaction leaves for one reason. Examples are left out: they are places of files.
 *
 * @param reason its name, which another release may have written
 * @param files how many
 * @param bytes sum of their sizes
 * @param sentence the reason for people
 * @param remedy what would handle the files; empty if nothing has to be done
 */
record LeftFilesJson(String reason, int files, long bytes, String sentence, String remedy) {
    private static final String REASON = "reason";
    private static final String FILES = "files";
    private static final String BYTES = "bytes";
    private static final String SENTENCE = "sentence";
    private static final String REMEDY = "remedy";

    static LeftFilesJson of(LeftFiles left) {
        return new LeftFilesJson(
                left.reason().name(), left.files(), left.bytes(), left.reason().sentence(), left.remedy());
    }

    static List<LeftFilesJson> read(JsonNode array) {
        List<LeftFilesJson> all = new ArrayList<>();
        for (JsonNode left : array) {
            all.add(new LeftFilesJson(
                    Json.requireText(left, REASON),
                    left.path(FILES).intValue(),
                    left.path(BYTES).longValue(),
                    left.path(SENTENCE).asText(),
                    left.path(REMEDY).asText()));
        }
        return all;
    }

    static ArrayNode toJson(List<LeftFilesJson> all) {
        ArrayNode array = Json.array();
        for (LeftFilesJson left : all) {
            array.addObject()
                    .put(REASON, left.reason)
                    .put(FILES, left.files)
                    .put(BYTES, left.bytes)
                    .put(SENTENCE, left.sentence)
                    .put(REMEDY, left.remedy);
        }
        return array;
    }
}
