package io.glulam.wasm;

import io.glulam.join.JoinedReader;
import io.glulam.source.SourceFile;
import io.glulam.staging.SampledValues;
import io.glulam.staging.StagedSource;
import io.glulam.storage.ByteRange;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.PartLimits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/** Inputs joined to one file: the host has their bytes, and fetches them ahead as those of one source; the rest is made here. */
final class JoinedSource extends ForwardingReader implements StagedSource {
    private final HostReader host;
    private final long base;

    /**
     * @param host that has the regions in the same order
     * @param base where the first one begins: what lies before it was made
     */
    JoinedSource(JoinedReader joined, HostReader host, long base) {
        super(joined);
        this.host = host;
        this.base = base;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        if (position < base) {
            delegate().read(position, target);
            return;
        }
        int end = target.limit();
        int count = (int) Math.max(0, Math.min(target.remaining(), host.size() - position));
        if (count > 0) {
            target.limit(target.position() + count);
            host.read(position, target);
            target.limit(end);
        }
        if (target.hasRemaining()) {
            delegate().read(position + count, target);
        }
    }

    @Override
    public boolean isRemote() {
        return host.isRemote();
    }

    @Override
    public int headerWindow() {
        return host.headerWindow();
    }

    @Override
    public PartLimits target() {
        return host.target();
    }

    @Override
    public void stage(List<ByteRange> ranges) {
        host.stage(ranges);
    }

    @Override
    public void willSurvey(SourceFile file, List<int[]> groups, Supplier<List<SampledValues>> sampled) {
        host.willSurvey(file, groups, sampled);
    }

    @Override
    public void willSample(Supplier<List<ByteRange>> ranges) {
        host.willSample(ranges);
    }

    @Override
    public void willMove(SourceFile file, List<int[]> groups) {
        host.willMove(file, groups);
    }

    /** The host pins every read. */
    @Override
    public void checkUnchanged() {}
}
