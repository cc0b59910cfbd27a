package io.glulam.service.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times of an instance, to the millisecond.
 *
 * @param createdAt when it was asked for
 * @param updatedAt when anything of it changed
 * @param endedAt null until it ends
 */
public record InstanceTimes(
        Instant createdAt, Instant updatedAt, @Nullable Instant endedAt) {}
