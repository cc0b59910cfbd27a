package io.glulam.pipeline;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** The caller alone: everything is done when its turn comes. For platforms without threads. */
public final class InlineWorkers implements Workers {
    /** The only instance. */
    public static final InlineWorkers INSTANCE = new InlineWorkers();

    private InlineWorkers() {}

    @Override
    public int count() {
        return 1;
    }

    @Override
    public void forEach(int count, int most, String name, Supplier<IntConsumer> worker) {
        IntConsumer work = worker.get();
        for (int i = 0; i < count; i++) {
            work.accept(i);
        }
    }

    @Override
    public <W> Pipeline<W> pipeline(ReadBackOutput output, W written, long bytes, long bytesAhead) {
        return new InlinePipeline<>(output, written, bytes, bytesAhead);
    }

    @Override
    public <T> Deferred<T> defer(Supplier<T> work) {
        return work::get;
    }

    @Override
    public <T> Ahead ahead(List<Deferred<T>> results) {
        return () -> {};
    }
}
