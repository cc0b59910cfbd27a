package io.glulam.service.bucket;

import org.jspecify.annotations.Nullable;

/**
 * What the bucket tells of an object without reading it.
 *
 * @param key of the object
 * @param size in bytes
 * @param version its ETag; inode, size and time of a local file
 * @param mark of the plan that made it, if we did and the store keeps such a thing; null otherwise
 */
public record ObjectHead(
        String key, long size, String version, @Nullable String mark) {}
