package io.glulam.manifest;

/**
 * A file that a merge wrote, or was about to write, into the folder.
 *
 * @param name its path below the folder
 * @param size its bytes
 * @param version as {@link RecordedInput#version}; empty until it is published
 * @param digest of its footer, which holds the place, the size and the statistics of all its data
 */
public record RecordedOutput(String name, long size, String version, String digest) {
    /** Returns the same as it was published. */
    RecordedOutput published(String asVersion) {
        return new RecordedOutput(name, size, RecordedInput.lasting(asVersion), digest);
    }

    /** Whether it is the file that was found. */
    public boolean is(long otherSize, String otherVersion) {
        return size == otherSize && version.equals(RecordedInput.lasting(otherVersion));
    }
}
