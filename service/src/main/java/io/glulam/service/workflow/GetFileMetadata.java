package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.storage.ObjectFacts;

/** Step 2: the object's size and version, by a request for metadata only. */
final class GetFileMetadata implements Step {
    static final String NAME = "get-file-metadata";

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
        return new FileMetadata(head.key(), head.size(), head.version()).toJson();
    }
}
