package io.glulam.plan;

/**
 * Which version of which object a plan is for. A plan is refused for any other.
 *
 * @param name the object's name, a path or a key; for people only, the same bytes may be found under another
 * @param size its size in bytes
 * @param version what the storage calls this version: an ETag; inode and modification time of a local file. Opaque,
 *     compared for equality only
 */
public record SourceIdentity(String name, long size, String version) {
    public SourceIdentity {
        if (size < 0) {
            throw new IllegalArgumentException("a source cannot hold " + size + " bytes");
        }
    }
}
