package io.glulam.manifest;

/**
 * A file that a merge wrote, or was about to write, into the folder.
 *
 * @param name its path below the folder
 * @param size its bytes
 * @param digest of its footer, which holds the place, the size and the statistics of all its data
 */
public record RecordedOutput(String name, long size, String digest) {}
