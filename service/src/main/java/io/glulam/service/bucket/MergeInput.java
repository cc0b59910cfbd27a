package io.glulam.service.bucket;

/**
 * An object that is merged, pinned to a version.
 *
 * @param key of the object
 * @param group what it may be merged with, as {@link io.glulam.inputs.Candidate#group}
 * @param size its bytes
 * @param version that a merge takes; another one fails it
 */
public record MergeInput(String key, String group, long size, String version) {}
