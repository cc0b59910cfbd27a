package io.glulam.storage;

/**
 * What a store can do. Callers go by this, never by which store it is.
 *
 * @param remote whether every read is a request over a network: sources are staged then
 * @param parts how a new object is put together
 * @param conditionalSource whether copying can be made to depend on the source's version
 * @param conditionalPublish whether publishing can be made to depend on what is there; otherwise it is looked at just
 *     before, which leaves a moment open
 * @param suffixRanges whether the last bytes can be read without knowing the size
 */
public record StoreCapabilities(
        boolean remote, PartLimits parts, boolean conditionalSource, boolean conditionalPublish, boolean suffixRanges) {
    /** The local file system. */
    public static final StoreCapabilities LOCAL = new StoreCapabilities(false, PartLimits.NONE, false, true, true);
}
