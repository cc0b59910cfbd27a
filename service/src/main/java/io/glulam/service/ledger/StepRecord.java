package io.glulam.service.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of an instance that has begun.
 *
 * @param position in the workflow, from 0
 * @param name of the step
 * @param attempts at the step
 * @param output its result; null until it has finished
 * @param startedAt of the first attempt
 * @param endedAt null until it has finished
 */
public record StepRecord(
        int position,
        String name,
        StepAttempts attempts,
        @Nullable JsonNode output,
        Instant startedAt,
        @Nullable Instant endedAt) {}
