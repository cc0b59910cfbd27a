package io.glulam.pipeline.support;

import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Workers;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;

/** Another run's resources; a subclass says which of them it watches. */
public abstract class ForwardingResources implements ExecutionResources {
    private final ExecutionResources resources;

    protected ForwardingResources(ExecutionResources resources) {
        this.resources = resources;
    }

    @Override
    public Workers workers() {
        return resources.workers();
    }

    @Override
    public long bufferBytes() {
        return resources.bufferBytes();
    }

    @Override
    public RangeSpool newSpool() {
        return resources.newSpool();
    }

    @Override
    public RangeSpool newOverflow() {
        return resources.newOverflow();
    }

    @Override
    public ByteBuffer newBuffer(int bytes) {
        return resources.newBuffer(bytes);
    }
}
