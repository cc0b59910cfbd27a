package io.glulam.storage;

/**
 * The limits of the parts of one object.
 *
 * @param smallest bytes of every part but the last
 * @param largest bytes of any part
 * @param most parts of one object
 * @param uniform whether all parts but the last have one size, copied ones too, and the last is not larger
 * @param copies whether a part can be a range of an object of the same store
 * @param smallestSource bytes that such an object must have
 */
public record PartLimits(long smallest, long largest, int most, boolean uniform, boolean copies, long smallestSource) {
    /** No parts: bytes are appended one by one. */
    public static final PartLimits NONE = new PartLimits(1, Long.MAX_VALUE, Integer.MAX_VALUE, false, false, 0);

    public PartLimits {
        if (smallest < 1 || largest < smallest || most < 1) {
            throw new IllegalArgumentException("limits that no object can keep");
        }
    }

    /** Returns the bytes that an object may have. */
    public long largestObject() {
        return largest > Long.MAX_VALUE / most ? Long.MAX_VALUE : largest * most;
    }
}
