package io.glulam.service;

import io.glulam.testkit.port.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** PgBouncer in transaction mode: every transaction may have another session, and no session keeps anything. */
final class Pooler {
    private static final long PATIENCE_MILLIS = 120_000;

    private Pooler() {}

    /** Where it is installed; empty if the tests are to go without. */
    static Optional<String> executable() {
        return Optional.ofNullable(System.getenv("GLULAM_PGBOUNCER")).filter(path -> !path.isBlank());
    }

    /** Starts one before the Postgres on {@code port} until this process ends, and gives its own port. */
    static int start(int port) {
        try {
            Path folder = Files.createTempDirectory(Path.of("/tmp"), "glulam-pgbouncer");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            int own = FreePort.find();
            Path users = Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"postgres\"\n");
            Path settings = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                pool_mode = transaction
                default_pool_size = 3
                max_client_conn = 300
                auth_type = trust
                auth_file = %s
                auth_user = postgres
                auth_query = SELECT usename, passwd FROM pg_shadow WHERE usename = $1
                ignore_startup_parameters = extra_float_digits
                """.formatted(port, own, users));
            for (Path file : new Path[] {users, settings}) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
            boolean root = "root".equals(System.getProperty("user.name"));
            String executable = executable().orElseThrow();
            ProcessBuilder builder = root
                    ? new ProcessBuilder(executable, "-u", "nobody", settings.toString())
                    : new ProcessBuilder(executable, settings.toString());
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            await(own, process, folder.resolve("log"));
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(int port, Process process, Path log) throws IOException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (process.isAlive() && System.currentTimeMillis() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IllegalStateException("PgBouncer does not start: " + Files.readString(log));
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
