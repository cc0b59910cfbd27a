package io.glulam.s3.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Hands the bytes of an answer on, buffer by buffer, and counts them. */
final class SinkSubscriber implements BodySubscriber<String> {
    private final BodySink sink;
    private final AtomicLong progress;
    private final CompletableFuture<String> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    SinkSubscriber(BodySink sink, AtomicLong progress) {
        this.sink = sink;
        this.progress = progress;
    }

    @Override
    public CompletionStage<String> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        newSubscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription current = subscription;
        try {
            for (ByteBuffer buffer : buffers) {
                progress.addAndGet(buffer.remaining());
                sink.accept(buffer);
            }
            if (current != null) {
                current.request(1);
            }
        } catch (Throwable failure) {
            if (current != null) {
                current.cancel();
            }
            done.completeExceptionally(failure);
        }
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        done.complete("");
    }
}
