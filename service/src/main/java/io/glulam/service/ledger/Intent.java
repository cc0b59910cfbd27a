package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The object that a run is about to publish: written down before it does, so that after a crash its own publishing can be told
 * from another process's.
 *
 * @param key that is published to
 * @param sourceVersion the version that was compacted
 * @param mark of the plan; what stores keep beside the object
 * @param expectedVersion the version that publishing makes; empty if the store cannot know it before
 * @param backupKey under which the old object stays; null for none
 * @param output the step's result, if it succeeds
 */
public record Intent(
        String key,
        String sourceVersion,
        String mark,
        String expectedVersion,
        @Nullable String backupKey,
        JsonNode output) {}
