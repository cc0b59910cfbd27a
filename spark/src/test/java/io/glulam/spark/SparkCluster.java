package io.glulam.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.sql.SparkSession;
import scala.Option;
import scala.Tuple3;

/**
 * A session whose executors are processes of their own, and what it leaves in Spark's event log. It is Spark's local cluster, but
 * each executor is on a host of its own by its address: Spark runs no second attempt of a task on the host of the first. Spark
 * takes an installed Spark for granted, unless it is told Scala's version and that this is a test.
 */
final class SparkCluster implements AutoCloseable {
    private static final List<String> OPENS = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private static final String MASTER = "127.0.0.1";
    private static final int MEBIBYTES = 512;

    private final Path folder;
    private final int executors;
    private final int cores;
    private final List<RpcEnv> parts = new ArrayList<>();
    private final SparkSession spark;

    /**
     * Starts one.
     *
     * @param executors number of executors, of 512 MiB each
     * @param cores of each
     */
    SparkCluster(Path folder, int executors, int cores, Map<String, String> more) throws IOException {
        this.folder = folder;
        this.executors = executors;
        this.cores = cores;
        System.setProperty("spark.testing", "true");
        System.setProperty(
                "spark.test.home",
                Files.createDirectories(folder.resolve("home")).toString());
        Map<String, String> settings = new HashMap<>();
        settings.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        settings.put("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 " + opens());
        settings.put("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
        settings.put("spark.executorEnv.SPARK_TESTING", "1");
        settings.put("spark.executor.memory", "512m");
        settings.put("spark.cores.max", Integer.toString(executors * cores));
        settings.put("spark.executor.cores", Integer.toString(cores));
        settings.put("spark.eventLog.enabled", "true");
        settings.put("spark.eventLog.compress", "false");
        settings.put(
                "spark.eventLog.dir",
                Files.createDirectories(folder.resolve("events")).toUri().toString());
        settings.putAll(more);
        spark = SparkTable.session(start(executors, cores), folder, settings);
    }

    /** Starts Spark's master and workers, and returns the master's address. */
    private String start(int workers, int cores) throws IOException {
        SparkConf conf = new SparkConf().set("spark.master.rest.enabled", "false");
        Tuple3<RpcEnv, Object, Option<Object>> master = Master.startRpcEnvAndEndpoint(MASTER, 0, 0, conf);
        parts.add(master._1());
        String address = "spark://" + MASTER + ":" + master._1().address().port();
        for (int i = 1; i <= workers; i++) {
            Path folderOfWorker = Files.createDirectories(folder.resolve("worker" + i));
            parts.add(Worker.startRpcEnvAndEndpoint(
                    "127.0.0." + (i + 1),
                    0,
                    0,
                    cores,
                    MEBIBYTES,
                    new String[] {address},
                    folderOfWorker.toString(),
                    Option.apply(i),
                    conf,
                    Option.empty()));
        }
        return address;
    }

    private static String opens() {
        StringBuilder options = new StringBuilder();
        OPENS.forEach(
                name -> options.append(" --add-opens=java.base/").append(name).append("=ALL-UNNAMED"));
        return options.toString().trim();
    }

    SparkSession spark() {
        return spark;
    }

    /**
     * Waits for all executors, and has each load Iceberg's writers. They look for classes of other engines, by the driver: an
     * attempt that is stopped meanwhile would leave the executor without them for good.
     */
    void awaitExecutors() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (spark.sparkContext().getExecutorMemoryStatus().size() <= executors) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("an executor that was killed has no successor");
            }
            Thread.sleep(20);
        }
        // A slow executor may get no task as long as another one takes them all.
        Set<String> ready = new HashSet<>();
        while (ready.size() < executors) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("only these executors take tasks: " + ready);
            }
            ready.addAll(loadWriters());
        }
    }

    /** Returns the ids of executors that have loaded Iceberg's writers. */
    private List<String> loadWriters() {
        List<Integer> tasks = IntStream.range(0, 4 * executors * cores).boxed().toList();
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(tasks, tasks.size())
                .map(task -> {
                    Class.forName("org.apache.iceberg.formats.FormatModelRegistry");
                    Thread.sleep(20);
                    return SparkEnv.get().executorId();
                })
                .collect();
    }

    /** Kills an executor's process. */
    static void kill(long process) {
        ProcessHandle.current()
                .descendants()
                .filter(executor -> executor.pid() == process)
                .findFirst()
                .orElseThrow()
                .destroyForcibly();
    }

    /** Kills the process of an executor, by Spark's id of it. */
    static void kill(String executor) {
        String argument = "--executor-id\0" + executor + "\0";
        kill(ProcessHandle.current()
                .descendants()
                .mapToLong(ProcessHandle::pid)
                .filter(process -> commandLine(process).contains(argument))
                .findFirst()
                .orElseThrow());
    }

    private static String commandLine(long process) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    /** Stops the session and returns its event log. */
    String stopped() throws IOException {
        close();
        StringBuilder log = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder.resolve("events"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                log.append(Files.readString(file));
            }
        }
        return log.toString();
    }

    @Override
    public void close() {
        spark.stop();
        parts.forEach(RpcEnv::shutdown);
        System.clearProperty("spark.testing");
        System.clearProperty("spark.test.home");
    }
}
