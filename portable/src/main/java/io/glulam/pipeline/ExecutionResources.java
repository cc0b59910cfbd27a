package io.glulam.pipeline;

import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;

/** The resources of the platform that a run may use. Nothing here influences the bytes that come out. Thread-safe. */
public interface ExecutionResources {
    /** Who does the work. */
    Workers workers();

    /** Bytes of memory that buffers may take. */
    long bufferBytes();

    /** Makes a place for bytes of a remote object; a run has two, for what comes and for what goes. */
    RangeSpool newSpool();

    /** Makes a place for what a {@link Spool} does not hold in memory. */
    RangeSpool newOverflow();

    /** Makes a buffer of the kind that this platform reads into fastest. */
    ByteBuffer newBuffer(int bytes);
}
