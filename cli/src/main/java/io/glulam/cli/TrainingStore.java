package io.glulam.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.glulam.concurrent.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs a command against a store in the same process, for the launcher, which puts the classes that are loaded meanwhile into
 * the class-data archive of stores. The store holds one file under two keys, and takes what is put.
 */
final class TrainingStore {
    private static final String FOLDER = "in/";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    private TrainingStore(byte[] object) {
        objects.put(FOLDER + "a.parquet", object);
        objects.put(FOLDER + "b.parquet", object);
    }

    /** Arguments: a Parquet file, then those of the command, which gets the store's endpoint besides. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        TrainingStore store = new TrainingStore(Files.readAllBytes(Path.of(arguments[0])));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", store::answer);
        server.start();
        String address = "127.0.0.1:" + server.getAddress().getPort();
        greet();
        List<String> command = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        command.addAll(List.of("--endpoint", "http://" + address, "--region", "us-east-1"));
        Main.main(command.toArray(String[]::new));
        System.exit(0); // The server's thread would keep the process running.
    }

    /** Loads the classes of TLS up to its first message, after which the connection is closed. */
    private static void greet() throws InterruptedException {
        try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DaemonThreads.of(() -> closeOne(closing), "glulam-training").start();
            URI address = URI.create("https://127.0.0.1:" + closing.getLocalPort());
            HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.discarding());
            throw new IllegalStateException("a server without TLS has answered");
        } catch (IOException expected) {
            // No server has answered by TLS.
        }
    }

    private static void closeOne(ServerSocket closing) {
        try (Socket connection = closing.accept()) {
            connection.getInputStream().read();
        } catch (IOException e) {
            // The client has gone, which is as well.
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String key = path.substring(path.indexOf('/', 1) + 1);
            String query = exchange.getRequestURI().getQuery();
            if (exchange.getRequestMethod().equals("PUT")) {
                objects.put(key, exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("ETag", etag(key));
                exchange.sendResponseHeaders(200, -1);
            } else if (query != null && query.contains("list-type=2")) {
                byte[] listing = listing(query.contains("prefix=" + FOLDER)).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, listing.length);
                exchange.getResponseBody().write(listing);
            } else if (objects.containsKey(key)) {
                answerRange(exchange, key, exchange.getRequestHeaders().getFirst("Range"));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private String listing(boolean folder) {
        StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
        objects.forEach((key, bytes) -> {
            if (folder && key.startsWith(FOLDER)) {
                xml.append("<Contents><Key>").append(key).append("</Key><Size>").append(bytes.length);
                xml.append("</Size><ETag>").append(etag(key)).append("</ETag>");
                xml.append("<LastModified>2026-01-01T00:00:00Z</LastModified></Contents>");
            }
        });
        return xml.append("</ListBucketResult>").toString();
    }

    /** Answers {@code bytes=-LENGTH} or {@code bytes=FIRST-LAST}. */
    private void answerRange(HttpExchange exchange, String key, String range) throws IOException {
        byte[] bytes = objects.getOrDefault(key, new byte[0]);
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        boolean suffix = ends[0].isEmpty();
        int first = suffix ? Math.max(0, bytes.length - Integer.parseInt(ends[1])) : Integer.parseInt(ends[0]);
        int last = suffix ? bytes.length - 1 : Math.min(bytes.length - 1, Integer.parseInt(ends[1]));
        exchange.getResponseHeaders().set("ETag", etag(key));
        exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + last + "/" + bytes.length);
        exchange.sendResponseHeaders(206, last + 1 - first);
        exchange.getResponseBody().write(bytes, first, last + 1 - first);
    }

    private static String etag(String key) {
        return "\"" + Integer.toHexString(key.hashCode()) + "\"";
    }
}
