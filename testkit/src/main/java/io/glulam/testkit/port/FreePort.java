package io.glulam.testkit.port;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port of this machine for a server that must be given one. */
public final class FreePort {
    /**
     * Below the ports that Linux (32768 on), macOS and Windows (49152 on) give to a process that asks for any port: other tests open
     * thousands of those, and may take one of them before the server listens on it.
     */
    private static final int FIRST = 10_000;

    private static final int COUNT = 6_000;

    private FreePort() {}

    /** Returns a port of localhost on which nothing listens. */
    public static int find() throws IOException {
        while (true) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one.
            }
        }
    }
}
