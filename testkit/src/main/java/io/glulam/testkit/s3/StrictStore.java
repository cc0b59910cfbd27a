package io.glulam.testkit.s3;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/**
 * A store of one bucket that speaks S3's protocol on a port of this machine, keeps to {@link StoreRules}, counts what it
 * is asked, and fails where it is told to. Thread-safe.
 */
public final class StrictStore implements AutoCloseable {
    /** The bucket's name. */
    public static final String BUCKET = "bucket";

    private final StrictObjects objects;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private final FileChannel arena;
    private long downloaded;
    private long uploaded;
    private long requests;
    private volatile BiFunction<Long, HttpMessage, Fault> faults = (number, request) -> null;
    private volatile BiFunction<Long, HttpMessage, Runnable> before = (number, request) -> null;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile long latencyMillis;

    private StrictStore(StoreRules rules, Path folder) throws IOException {
        this.arena = folder == null
                ? null
                : FileChannel.open(
                        Files.createTempFile(folder, "store", ".bytes"),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        this.objects = new StrictObjects(rules, this::keep);
        this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    /** Starts a store that keeps everything on the heap. */
    public static StrictStore start(StoreRules rules) {
        return start(rules, null);
    }

    /** Starts a store that keeps what it is sent in a file of {@code folder}. */
    public static StrictStore start(StoreRules rules, Path folder) {
        try {
            StrictStore store = new StrictStore(rules, folder);
            daemon(store::accept);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "strict-store");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized Extents keep(byte[] bytes) {
        if (arena == null) {
            return Extents.of(bytes);
        }
        try {
            long start = arena.size();
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                arena.write(buffer, start + buffer.position());
            }
            return Extents.of(arena, start, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it answers; the bucket is the path's first name. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Puts an object, past all rules and counts. */
    public void put(String key, Extents bytes, Map<String, String> headers) {
        objects.put(key, bytes, headers);
    }

    /** Removes an object, past all rules and counts. */
    public void remove(String key) {
        objects.remove(key);
    }

    /** An object's bytes; null if there is none. */
    public Extents get(String key) {
        StrictObjects.Stored stored = objects.get(key);
        return stored == null ? null : stored.bytes();
    }

    /** The headers that an object was stored with; null if there is none. */
    public Map<String, String> headers(String key) {
        StrictObjects.Stored stored = objects.get(key);
        return stored == null ? null : stored.headers();
    }

    /** An object's ETag; null if there is none. */
    public String etag(String key) {
        StrictObjects.Stored stored = objects.get(key);
        return stored == null ? null : stored.etag();
    }

    /** All keys, in order. */
    public List<String> keys() {
        return objects.keys();
    }

    /** The ids of uploads that were begun and neither completed nor removed. */
    public List<String> uploads() {
        return objects.uploads();
    }

    /** Begins an upload as a client would that is killed then. */
    public void beginUpload(String key) {
        objects.beginUpload(key);
    }

    /** Makes requests fail: by their number from 0 since the last {@link #reset}, and what they are. */
    public void failWith(BiFunction<Long, HttpMessage, Fault> newFaults) {
        faults = newFaults;
    }

    /** Lets something happen just before a request is handled. */
    public void doBefore(BiFunction<Long, HttpMessage, Runnable> actions) {
        before = actions;
    }

    /** Slows bodies down in both directions, each request by itself, and lets every answer wait. */
    public void throttle(long newBytesPerSecond, long newLatencyMillis) {
        bytesPerSecond = newBytesPerSecond;
        latencyMillis = newLatencyMillis;
    }

    /** Forgets counts, faults and actions. */
    public synchronized void reset() {
        counts.clear();
        downloaded = 0;
        uploaded = 0;
        requests = 0;
        faults = (number, request) -> null;
        before = (number, request) -> null;
    }

    /** Waits until no client is connected: the store has then carried out all that a killed client had asked for. */
    public void awaitNoConnection() throws InterruptedException {
        while (!connections.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** How many requests came since the last reset. */
    public synchronized long requests() {
        return requests;
    }

    /** How many of a kind. */
    public synchronized long count(Operation operation) {
        return counts.getOrDefault(operation, 0L);
    }

    /** Bytes of objects that were sent out. */
    public synchronized long downloaded() {
        return downloaded;
    }

    /** Bytes of objects and parts that came in. */
    public synchronized long uploaded() {
        return uploaded;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            BufferedInputStream in = new BufferedInputStream(connection.getInputStream(), 64 << 10);
            for (HttpMessage request = HttpMessage.read(in); request != null; request = HttpMessage.read(in)) {
                if (!answer(request, connection)) {
                    return;
                }
            }
        } catch (IOException e) {
            // Whoever asked is gone.
        } finally {
            connections.remove(connection);
        }
    }

    /** Gives whether the connection lives on. */
    private boolean answer(HttpMessage request, Socket connection) throws IOException {
        long number = count(request);
        Runnable action = before.apply(number, request);
        if (action != null) {
            action.run();
        }
        Fault fault = faults.apply(number, request);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(latencyMillis) + nanosFor(request.body().length));
        if (fault == null) {
            send(request, objects.handle(request), connection.getOutputStream(), Long.MAX_VALUE);
            return true;
        }
        return fail(request, fault, connection);
    }

    private synchronized long count(HttpMessage request) {
        Operation operation = request.operation();
        counts.merge(operation, 1L, Long::sum);
        uploaded += operation == Operation.PUT || operation == Operation.UPLOAD_PART ? request.body().length : 0;
        return requests++;
    }

    private long nanosFor(long bytes) {
        return bytesPerSecond == Long.MAX_VALUE ? 0 : bytes * 1_000_000_000L / bytesPerSecond;
    }

    private boolean fail(HttpMessage request, Fault fault, Socket connection) throws IOException {
        HttpReply reply = fault.happensAfterEffect() ? objects.handle(request) : HttpReply.of(200);
        OutputStream out = connection.getOutputStream();
        switch (fault) {
            case RESET_BEFORE, RESET_AFTER -> connection.setSoLinger(true, 0);
            case SILENCE_BEFORE, SILENCE_AFTER -> {
                // Until the other side gives up.
                while (connection.getInputStream().read() >= 0) {
                    continue;
                }
            }
            case RESET_IN_BODY -> {
                send(request, reply, out, reply.length() / 2);
                connection.setSoLinger(true, 0);
            }
            case TRUNCATED_BODY -> send(request, reply, out, reply.length() / 2);
            case SHORT_BODY -> {
                send(request, reply.withBody(reply.body().range(0, reply.body().length() / 2)), out, Long.MAX_VALUE);
                return true;
            }
            case ERROR_IN_BODY -> {
                boolean bytes = request.operation() == Operation.GET || request.operation() == Operation.HEAD;
                send(request, HttpReply.error(bytes ? 500 : 200, "InternalError"), out, Long.MAX_VALUE);
                return true;
            }
            default -> {
                if (fault == Fault.STATUS_409) {
                    objects.endUpload(request);
                }
                send(request, HttpReply.error(fault.status(), fault.code()), out, Long.MAX_VALUE);
                return true;
            }
        }
        return false;
    }

    private void send(HttpMessage request, HttpReply reply, OutputStream out, long most) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Status\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(reply.length()).append("\r\n\r\n");
        BufferedOutputStream buffered = new BufferedOutputStream(out, 64 << 10);
        buffered.write(head.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        if (!request.method().equals("HEAD")) {
            Extents body = reply.body().range(0, Math.min(most, reply.body().length()));
            if (request.operation() == Operation.GET && reply.status() / 100 == 2) {
                countDownload(body.length());
            }
            LockSupport.parkNanos(nanosFor(body.length()));
            body.writeTo(buffered);
        }
        buffered.flush();
    }

    private synchronized void countDownload(long bytes) {
        downloaded += bytes;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
            if (arena != null) {
                arena.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
