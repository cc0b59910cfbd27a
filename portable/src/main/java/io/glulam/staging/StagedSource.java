package io.glulam.staging;

import io.glulam.storage.ByteRange;
import io.glulam.storage.PartLimits;
import java.util.List;

/** A remote source of which ranges are fetched before they are read, each in one request. Thread-safe. */
public interface StagedSource {
    /** The limits of the parts that its bytes may be copied into; without copies, all of it is fetched. */
    PartLimits target();

    /**
     * Fetches these ranges, as far as they are not fetched yet.
     *
     * @throws io.glulam.error.SourceChanged if the source is no longer the pinned version, where the store tells
     * @throws io.glulam.error.StorageFailed if it cannot be read
     */
    void stage(List<ByteRange> ranges);
}
