package io.glulam.testkit.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands on a port of this machine before a store that is not ours, hands everything on as it is, and counts as {@link
 * StrictStore} does. Clients sign for the relay's address, so the store must not insist on its own. Thread-safe.
 */
public final class CountingRelay implements AutoCloseable {
    private final URI target;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
    private long downloaded;
    private long uploaded;

    private CountingRelay(URI target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    /** Starts one before a server that speaks plain HTTP/1.1. */
    public static CountingRelay before(URI target) {
        try {
            CountingRelay relay = new CountingRelay(target);
            daemon(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "counting-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it answers. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Forgets what was counted. */
    public synchronized void reset() {
        counts.clear();
        downloaded = 0;
        uploaded = 0;
    }

    /** How many requests of a kind. */
    public synchronized long count(Operation operation) {
        return counts.getOrDefault(operation, 0L);
    }

    /** Bytes of objects that came out. */
    public synchronized long downloaded() {
        return downloaded;
    }

    /** Bytes of objects and parts that went in. */
    public synchronized long uploaded() {
        return uploaded;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                connections.add(client);
                daemon(() -> relay(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket store = new Socket(target.getHost(), target.getPort())) {
            connections.add(store);
            client.setTcpNoDelay(true);
            store.setTcpNoDelay(true);
            Recorder requests = new Recorder(new BufferedInputStream(client.getInputStream(), 64 << 10));
            InputStream answers = new BufferedInputStream(store.getInputStream(), 64 << 10);
            for (HttpMessage request = HttpMessage.read(requests);
                    request != null;
                    request = HttpMessage.read(requests)) {
                count(request);
                requests.handOver(store.getOutputStream());
                answer(request, answers, client.getOutputStream());
            }
        } catch (IOException e) {
            // One side is gone; so is the other then.
        } finally {
            connections.remove(client);
        }
    }

    private synchronized void count(HttpMessage request) {
        Operation operation = request.operation();
        counts.merge(operation, 1L, Long::sum);
        uploaded += operation == Operation.PUT || operation == Operation.UPLOAD_PART ? request.body().length : 0;
    }

    private void answer(HttpMessage request, InputStream from, OutputStream to) throws IOException {
        String status = line(from, to);
        long length = 0;
        boolean chunked = false;
        for (String line = line(from, to); !line.isEmpty(); line = line(from, to)) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Long.parseLong(
                        header.substring("content-length:".length()).strip());
            }
            chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
        }
        if (!request.method().equals("HEAD")) {
            boolean object = request.operation() == Operation.GET && status.split(" ", 3)[1].startsWith("2");
            long moved = chunked ? chunks(from, to) : body(from, to, length);
            synchronized (this) {
                downloaded += object ? moved : 0;
            }
        }
        to.flush();
    }

    private static long chunks(InputStream from, OutputStream to) throws IOException {
        long moved = 0;
        for (long size = chunkSize(line(from, to)); size > 0; size = chunkSize(line(from, to))) {
            moved += body(from, to, size);
            line(from, to);
        }
        while (!line(from, to).isEmpty()) {
            // Trailers.
            continue;
        }
        return moved;
    }

    private static long chunkSize(String line) {
        return Long.parseLong(line.split(";", 2)[0].strip(), 16);
    }

    private static long body(InputStream from, OutputStream to, long length) throws IOException {
        byte[] buffer = new byte[64 << 10];
        for (long done = 0; done < length; ) {
            int count = from.read(buffer, 0, (int) Math.min(buffer.length, length - done));
            if (count < 0) {
                throw new EOFException("in the middle of a body");
            }
            to.write(buffer, 0, count);
            done += count;
        }
        return length;
    }

    /** Hands a line on, and gives it without its end. */
    private static String line(InputStream from, OutputStream to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = from.read(); b != '\n'; b = from.read()) {
            if (b < 0) {
                throw new EOFException("in the middle of a line");
            }
            bytes.write(b);
        }
        to.write(bytes.toByteArray());
        to.write('\n');
        return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what is read, to be handed on as it came. */
    private static final class Recorder extends FilterInputStream {
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        Recorder(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                read.write(b);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                read.write(buffer, offset, count);
            }
            return count;
        }

        void handOver(OutputStream to) throws IOException {
            read.writeTo(to);
            to.flush();
            read.reset();
        }
    }
}
