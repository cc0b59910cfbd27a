package io.glulam.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections between a client and a store, which end for good after a number of bytes: what the store sees then is
 * what it sees of a client's process that is killed at this byte. Thread-safe.
 */
final class SeveredWire implements AutoCloseable {
    private final URI store;
    private final ServerSocket server;
    private final long limit;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Long> turns = new ArrayList<>();
    private long passed;
    private boolean lastWasRequest;
    private boolean severed;

    private SeveredWire(URI store, long limit) throws IOException {
        this.store = store;
        this.limit = limit;
        this.server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    /** Opens a wire that lets so many bytes pass, of requests and answers of all connections. */
    static SeveredWire open(URI store, long limit) throws IOException {
        SeveredWire wire = new SeveredWire(store, limit);
        daemon(wire::accept);
        return wire;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "severed-wire");
        thread.setDaemon(true);
        thread.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Returns the number of bytes that passed. */
    synchronized long passed() {
        return passed;
    }

    /** Returns the positions at which requests began after answers, or answers after requests. */
    synchronized List<Long> turns() {
        return List.copyOf(turns);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket behind = new Socket(store.getHost(), store.getPort());
                client.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                add(client, behind);
                daemon(() -> pump(client, behind, true));
                daemon(() -> pump(behind, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private synchronized void add(Socket client, Socket behind) {
        sockets.add(client);
        sockets.add(behind);
        if (severed) {
            closeAll();
        }
    }

    private void pump(Socket from, Socket to, boolean request) {
        byte[] buffer = new byte[16 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int allowed = allow(read, request);
                out.write(buffer, 0, allowed);
                if (allowed < read) {
                    sever();
                }
            }
        } catch (IOException e) {
            // The other side has ended it, or the wire is severed.
        }
    }

    private synchronized int allow(int bytes, boolean request) {
        if (request != lastWasRequest) {
            turns.add(passed);
            lastWasRequest = request;
        }
        int allowed = severed ? 0 : (int) Math.min(bytes, limit - passed);
        passed += allowed;
        return allowed;
    }

    private synchronized void sever() {
        severed = true;
        closeAll();
    }

    private void closeAll() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sever();
    }
}
