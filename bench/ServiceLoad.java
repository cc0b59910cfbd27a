import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Load on a server, and what became of it: {@code java bench/ServiceLoad.java [INSTANCES] [OBJECTS]}, 1000 and 100 unless
 * told. In waves, every object is overwritten by its fragmented form as its writer would, flagged, and asked for over the
 * API, which refuses what does not fit its queue and is asked again. Fails if an instance is lost, an object is not the
 * same in value, a flag is wrong, or the server needs more memory than it may.
 */
public final class ServiceLoad {
    private static final int MAX_QUEUED = 40;
    private static final int CLIENTS = 8;
    private static final long CEILING_KIB = 256 << 10;
    private static final Pattern STATUS = Pattern.compile("\"status\":\"(\\w+)\"");
    private static final Pattern QUEUED = Pattern.compile("\"queued\":(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong mostQueued = new AtomicLong();
    private final Path data = Path.of("bench/target/service-load").toAbsolutePath();
    private final Path bucket = data.resolve("bucket");
    private final Path original = data.resolve("original.parquet");
    private Process server;
    private String url;

    private ServiceLoad() {}

    public static void main(String[] arguments) throws Exception {
        int instances = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        int objects = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        new ServiceLoad().run(instances, objects);
    }

    private void run(int instances, int objects) throws Exception {
        delete(data);
        start();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            Files.move(bucket.resolve("path/to/file.parquet"), original);
            for (int i = 0; i < objects; i++) {
                expect(201, post("/datasets", "{\"id\":\"d" + i + "\",\"bucketKey\":\"" + key(i) + "\"}"));
            }
            long since = System.nanoTime();
            List<String> ids = new ArrayList<>();
            for (int wave = 0; ids.size() < instances; wave++) {
                int size = Math.min(objects, instances - ids.size());
                List<Future<String>> asked = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    int object = i;
                    String id = "wave" + wave + "-" + i;
                    asked.add(clients.submit(() -> fragment(object, id)));
                }
                for (Future<String> id : asked) {
                    ids.add(id.get());
                }
                awaitEnd(ids.subList(ids.size() - size, ids.size()));
            }
            double seconds = (System.nanoTime() - since) / 1e9;
            long published = published(ids);
            checkObjects(objects);
            report(ids.size(), objects, published, seconds);
        } finally {
            clients.shutdownNow();
            server.destroy();
            server.waitFor();
        }
    }

    private static String key(int object) {
        return "objects/" + object + ".parquet";
    }

    private void start() throws IOException {
        server = new ProcessBuilder(
                        "./glulam",
                        "serve",
                        "--demo",
                        "--row-groups",
                        "4",
                        "--port",
                        "0",
                        "--backup",
                        "none",
                        "--most-queued",
                        String.valueOf(MAX_QUEUED),
                        "--data",
                        data.toString())
                .redirectError(Files.createDirectories(data).resolve("log").toFile())
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Serving ")) {
                url = line.split(" ")[1];
                return;
            }
        }
        throw new IllegalStateException("the server has ended: see " + data.resolve("log"));
    }

    /** What a writer does, and then somebody who wants it compacted. */
    private String fragment(int object, String id) throws Exception {
        Path target = bucket.resolve(key(object));
        Files.createDirectories(target.getParent());
        Path beside = data.resolve("new-" + object);
        Files.copy(original, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        expect(200, post("/datasets/d" + object + "/flag", "{}"));
        while (true) {
            HttpResponse<String> answer =
                    post("/compact", "{\"datasetId\":\"d" + object + "\",\"instanceId\":\"" + id + "\"}");
            if (answer.statusCode() != 503) {
                expect(202, answer);
                return id;
            }
            refused.incrementAndGet();
            Thread.sleep(100);
        }
    }

    private void awaitEnd(List<String> ids) throws Exception {
        for (String id : ids) {
            String status = "";
            for (long end = System.nanoTime() + 300_000_000_000L; System.nanoTime() < end; ) {
                status = get("/status/" + id);
                if (word(status).matches("complete|errored|terminated")) {
                    break;
                }
                watchQueue();
                Thread.sleep(50);
            }
            if (!word(status).equals("complete")) {
                throw new IllegalStateException(id + " is not complete: " + status);
            }
        }
    }

    private void watchQueue() throws Exception {
        Matcher queued = QUEUED.matcher(get("/instances?limit=1"));
        if (queued.find()) {
            mostQueued.accumulateAndGet(Long.parseLong(queued.group(1)), Math::max);
        }
    }

    private static String word(String status) {
        Matcher matcher = STATUS.matcher(status);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Every instance once more: none may be lost, and each says whether it has published. */
    private long published(List<String> ids) throws Exception {
        long published = 0;
        for (String id : ids) {
            String status = get("/status/" + id);
            if (!word(status).equals("complete")) {
                throw new IllegalStateException(id + " is lost: " + status);
            }
            published += status.contains("\"published\":true") ? 1 : 0;
        }
        return published;
    }

    /** The same input gives the same bytes: one comparison by value, all the others by byte. */
    private void checkObjects(int objects) throws Exception {
        Path first = bucket.resolve(key(0));
        Process verify = new ProcessBuilder("./glulam", "verify", original.toString(), first.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (verify.waitFor() != 0) {
            throw new IllegalStateException(first + " is not what was written");
        }
        for (int i = 1; i < objects; i++) {
            if (Files.mismatch(first, bucket.resolve(key(i))) >= 0) {
                throw new IllegalStateException(key(i) + " differs");
            }
        }
        if (get("/datasets?flagged=true&limit=500").contains("\"id\":\"d")) {
            throw new IllegalStateException("a flag was left");
        }
        try (Stream<Path> left = Files.list(first.getParent())) {
            if (left.count() != objects) {
                throw new IllegalStateException("something was left in " + first.getParent());
            }
        }
    }

    private void report(int instances, int objects, long published, double seconds) throws IOException {
        long peak = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + server.pid() + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                peak = Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| instances | objects | published | lost | refused, asked again | most queued (of %d) | seconds |"
                        + " peak memory |%n|---|---|---|---|---|---|---|---|%n| %d | %d of %.1f MB | %d | 0 | %d | %d |"
                        + " %.0f | %d MiB |%n",
                MAX_QUEUED,
                instances,
                objects,
                Files.size(original) / 1e6,
                published,
                refused.get(),
                mostQueued.get(),
                seconds,
                peak >> 10);
        if (peak > CEILING_KIB || mostQueued.get() > MAX_QUEUED) {
            throw new IllegalStateException("more memory, or a longer queue, than is allowed");
        }
    }

    private String get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
