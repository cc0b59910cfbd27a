package io.glulam.s3.client;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.s3.credentials.CredentialSource;
import io.glulam.storage.RequestKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Signs and sends single attempts over the JDK's client. Thread-safe. */
final class HttpTransport {
    private static final int CHUNK = 64 << 10;

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final CredentialSource credentials;
    private final Signer signer;
    private final RetryPolicy retries;
    private volatile Duration clockOffset = Duration.ZERO;
    private @Nullable HttpClient client;

    HttpTransport(Endpoint endpoint, CredentialSource credentials, RetryPolicy retries) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.signer = new Signer(endpoint.region(), "s3");
        this.retries = retries;
    }

    /** Decides, once the head of an answer is there, who takes the body; null to read it as text. */
    interface SinkChooser {
        @Nullable
        BodySink sinkFor(HttpResponse.ResponseInfo head);
    }

    /**
     * One attempt.
     *
     * @throws IOException if no whole answer came
     * @throws InterruptedException if the thread was interrupted; the request is cancelled
     */
    HttpResponse<String> send(StoreRequest request, SinkChooser chooser) throws IOException, InterruptedException {
        AtomicLong progress = new AtomicLong();
        BodyHandler<String> handler = head -> {
            progress.incrementAndGet();
            BodySink sink = chooser.sinkFor(head);
            return sink == null ? text() : new SinkSubscriber(sink, progress);
        };
        CompletableFuture<HttpResponse<String>> answer = client().sendAsync(signed(request, progress), handler);
        return await(answer, progress, patience(request.kind()));
    }

    private static HttpResponse.BodySubscriber<String> text() {
        return BodySubscribers.ofString(StandardCharsets.UTF_8);
    }

    private long patience(RequestKind kind) {
        boolean copies =
                kind == RequestKind.COPY || kind == RequestKind.COPY_PART || kind == RequestKind.COMPLETE_UPLOAD;
        return (copies ? retries.copyStall() : retries.stall()).toMillis();
    }

    private static <T> T await(CompletableFuture<T> answer, AtomicLong progress, long patienceMillis)
            throws IOException, InterruptedException {
        try {
            while (true) {
                long before = progress.get();
                try {
                    return answer.get(patienceMillis, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (progress.get() == before) {
                        throw new IOException("nothing moved for " + patienceMillis / 1000.0 + " s", e);
                    }
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException ours) {
                // The receiver of the bytes does not want them: asking again would not help.
                throw ours;
            }
            throw cause instanceof IOException failed ? failed : new IOException(String.valueOf(cause), cause);
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest signed(StoreRequest request, AtomicLong progress) {
        String host = endpoint.host(request.bucket());
        String query = UriText.query(request.query());
        Map<String, String> added = signer.sign(
                credentials.credentials(),
                Instant.now().plus(clockOffset),
                request.method(),
                host,
                endpoint.path(request.bucket(), request.key()),
                query,
                request.headers(),
                hash(request.body()));
        HttpRequest.Builder builder = HttpRequest.newBuilder(endpoint.address(request.bucket(), request.key(), query))
                .method(request.method(), publisher(request.body(), progress));
        request.headers().forEach(builder::header);
        added.forEach(builder::header);
        return builder.build();
    }

    private static String hash(RequestBody body) {
        if (body.length() == 0) {
            return Signer.EMPTY_HASH;
        }
        MessageDigest digest = Signer.newSha256();
        for (byte[] chunk : chunks(body, new AtomicLong())) {
            digest.update(chunk);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static HttpRequest.BodyPublisher publisher(RequestBody body, AtomicLong progress) {
        return body.length() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(chunks(body, progress)), body.length());
    }

    private static Iterable<byte[]> chunks(RequestBody body, AtomicLong progress) {
        return () -> new Iterator<>() {
            private long position;

            @Override
            public boolean hasNext() {
                return position < body.length();
            }

            @Override
            public byte[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                byte[] chunk = new byte[(int) Math.min(CHUNK, body.length() - position)];
                body.read(position, ByteBuffer.wrap(chunk));
                position += chunk.length;
                progress.addAndGet(chunk.length);
                return chunk;
            }
        };
    }

    /** Sets our clock by the store's. */
    void correctClock(Instant storeTime) {
        clockOffset = Duration.between(Instant.now(), storeTime);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = newClient("http".equals(endpoint.base().getScheme()));
        }
        return client;
    }

    /** @param plain whether it will open no connection by TLS */
    static HttpClient newClient(boolean plain) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(workers());
        if (plain) {
            builder.sslContext(new PlainHttpOnly()).sslParameters(new SSLParameters());
        }
        return builder.build();
    }

    /** A thread a task: few are under way, and none outlives its task. */
    private static Executor workers() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> DaemonThreads.of(task, "glulam-http"));
    }

    StorageFailed noAnswer(Place place, IOException cause) {
        return new StorageFailed(
                place,
                endpoint.base().getHost() + " does not answer: " + reason(cause),
                "check the endpoint and the network, or try again later",
                true,
                cause);
    }

    private static String reason(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "no such host";
            }
        }
        if (failure.getMessage() != null) {
            return failure.getMessage();
        }
        return failure instanceof ConnectException
                ? "no connection"
                : failure.getClass().getSimpleName();
    }
}
