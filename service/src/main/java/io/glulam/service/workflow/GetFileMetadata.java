package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.json.Json;
import io.glulam.storage.ObjectFacts;

/** Step 2: the object's size and version, by a request for metadata only. */
final class GetFileMetadata implements Step {
    static final String NAME = "get-file-metadata";
    static final String ETAG = "etag";

    private final Bucket bucket;

    GetFileMetadata(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        ObjectFacts head = bucket.head(context.key());
        ObjectNode result = Json.object();
        result.put("bucketKey", head.key());
        result.put("size", head.size());
        result.put(ETAG, head.version());
        return result;
    }
}
