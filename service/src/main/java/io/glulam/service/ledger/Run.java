package io.glulam.service.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The right to carry an instance on. Of two that think they have it, only the one that took it last can write.
 *
 * @param instanceId whose
 * @param key of the object that is held meanwhile; null for none
 * @param epoch the instance's, when it was taken up
 */
public record Run(String instanceId, @Nullable String key, long epoch) {}
