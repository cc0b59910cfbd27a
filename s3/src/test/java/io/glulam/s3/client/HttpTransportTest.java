package io.glulam.s3.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.s3.credentials.CredentialSource;
import io.glulam.s3.credentials.Credentials;
import io.glulam.storage.RequestKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
    private static final int HANDSHAKE = 22;

    @Test
    void anEndpointOfHttpsGetsAHandshakeOfTls() throws IOException {
        assertThat(firstByteOf("https")).isEqualTo(HANDSHAKE);
    }

    @Test
    void anEndpointOfHttpGetsARequest() throws IOException {
        assertThat(firstByteOf("http")).isEqualTo('G');
    }

    private static int firstByteOf(String scheme) throws IOException {
        CompletableFuture<Integer> first = new CompletableFuture<>();
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DaemonThreads.of(() -> readOne(server, first), "server").start();
        URI address = URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
        HttpTransport transport = new HttpTransport(
                new Endpoint(address, "us-east-1", true),
                CredentialSource.of(Credentials.of("AK", "secret")),
                RetryPolicy.DEFAULT);
        StoreRequest request = StoreRequest.of(RequestKind.GET, "GET", "bucket", "key");
        assertThatThrownBy(() -> transport.send(request, head -> null)).isInstanceOf(IOException.class);
        return first.join();
    }

    /** Closes the server as well, since the client tries once more. */
    private static void readOne(ServerSocket server, CompletableFuture<Integer> first) {
        try (server;
                Socket connection = server.accept()) {
            first.complete(connection.getInputStream().read());
        } catch (IOException e) {
            first.completeExceptionally(e);
        }
    }
}
