package io.glulam.storage;

import org.jspecify.annotations.Nullable;

/**
 * A reader that stands before another one: it answers every question about the object as that does. A subclass says where
 * it reads bytes; {@link #locate} and {@link #transfer} go through that. Owns the other reader. Thread-safe if the
 * subclass is.
 */
public abstract class ForwardingReader implements RangeReader {
    private final RangeReader delegate;

    /** @param delegate closed with this */
    protected ForwardingReader(RangeReader delegate) {
        this.delegate = delegate;
    }

    /** Returns the reader that this stands before. */
    protected final RangeReader delegate() {
        return delegate;
    }

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public long size() {
        return delegate.size();
    }

    @Override
    public String version() {
        return delegate.version();
    }

    @Override
    public void checkUnchanged() {
        delegate.checkUnchanged();
    }

    @Override
    public void versions(long position, long length, VersionedRange use) {
        delegate.versions(position, length, use);
    }

    @Override
    public boolean liesIn(ObjectStore store) {
        return delegate.liesIn(store);
    }

    @Override
    public boolean isAssembled() {
        return delegate.isAssembled();
    }

    @Override
    public boolean followsOtherObject(int rowGroup) {
        return delegate.followsOtherObject(rowGroup);
    }

    @Override
    public @Nullable StatedWriter writer(int rowGroup) {
        return delegate.writer(rowGroup);
    }

    @Override
    public int copiedGap() {
        return delegate.copiedGap();
    }

    @Override
    public boolean isRemote() {
        return delegate.isRemote();
    }

    @Override
    public long requestBytes() {
        return delegate.requestBytes();
    }

    @Override
    public int headerWindow() {
        return delegate.headerWindow();
    }

    @Override
    public int footerReadAhead() {
        return delegate.footerReadAhead();
    }

    @Override
    public void willRead(long position, long length) {
        delegate.willRead(position, length);
    }

    @Override
    public long heldFrom() {
        return delegate.heldFrom();
    }

    @Override
    public RangeReader origin() {
        return delegate.origin();
    }

    @Override
    public @Nullable ObjectVersion stored() {
        return delegate.stored();
    }

    @Override
    public ObjectAttributes attributes() {
        return delegate.attributes();
    }

    @Override
    public Traffic traffic() {
        return delegate.traffic();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
