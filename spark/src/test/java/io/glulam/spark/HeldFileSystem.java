package io.glulam.spark;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files under the scheme {@code held}, in whatever process: one step of one process can be held or made to fail, as a
 * {@link Rule} in a folder that all processes see says. Hadoop makes it by its name.
 */
public final class HeldFileSystem extends RawLocalFileSystem {
    /** Hadoop's setting for the folder of the rule. */
    static final String CONTROL = "held.control";

    private static final URI ROOT = URI.create("held:///");

    private Rule rule = new Rule(Path.of("/nonexistent"));

    @Override
    public void initialize(URI uri, Configuration conf) throws IOException {
        super.initialize(uri, conf);
        rule = new Rule(Path.of(conf.get(CONTROL)));
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public String getScheme() {
        return ROOT.getScheme();
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
        rule.apply("open", path.getName());
        return super.open(path, bufferSize);
    }

    @Override
    public FSDataOutputStream create(
            org.apache.hadoop.fs.Path path,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return held(path, super.create(path, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public FSDataOutputStream create(
            org.apache.hadoop.fs.Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return held(path, super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
    }

    private FSDataOutputStream held(org.apache.hadoop.fs.Path path, FSDataOutputStream out) throws IOException {
        rule.apply("create", path.getName());
        OutputStream stream = new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
            }

            @Override
            public void close() throws IOException {
                super.close();
                rule.apply("close", path.getName());
            }
        };
        return new FSDataOutputStream(stream, null);
    }

    @Override
    public boolean rename(org.apache.hadoop.fs.Path source, org.apache.hadoop.fs.Path target) throws IOException {
        rule.apply("rename", target.getName());
        return super.rename(source, target);
    }

    @Override
    public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
        boolean deleted = super.delete(path, recursive);
        if (deleted) {
            rule.tell("delete", path.getName());
        }
        return deleted;
    }

    /**
     * What is done to a step (open, create, close or rename) at a file whose name matches a pattern: {@code hold} the first process
     * that comes until the rule is taken back, let the first {@code fail}, or {@code fail-all}. Lies in a folder.
     */
    record Rule(Path folder) {
        /** Begins a rule; the one before is over. */
        void set(String action, String step, String pattern) throws IOException {
            release();
            Files.deleteIfExists(reached());
            Path draft = Files.write(folder.resolve("draft"), List.of(action, step, pattern));
            Files.move(draft, rule(), StandardCopyOption.ATOMIC_MOVE);
        }

        /** Takes the rule back: whoever is held goes on. */
        void release() throws IOException {
            Files.deleteIfExists(rule());
        }

        /** Waits until a process is held or was made to fail, and returns its id. */
        long awaitProcess() throws IOException, InterruptedException {
            for (int i = 0; i < 60_000; i++) {
                if (Files.exists(reached()) && Files.size(reached()) > 0) {
                    return Long.parseLong(Files.readString(reached()).trim());
                }
                Thread.sleep(5);
            }
            throw new IllegalStateException("no process came to the step");
        }

        /** Returns the steps that were told of, as {@code step name process}. */
        List<String> told() throws IOException {
            return Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        }

        private void apply(String step, String name) throws IOException {
            List<String> lines;
            try {
                lines = Files.readAllLines(rule());
            } catch (NoSuchFileException none) {
                return;
            }
            if (!lines.get(1).equals(step)
                    || !Pattern.compile(lines.get(2)).matcher(name).find()) {
                return;
            }
            boolean first = isFirst();
            if (lines.get(0).equals("fail-all") || first && lines.get(0).equals("fail")) {
                tell(step, name);
                throw new IOException("the test lets this fail: " + step + " of " + name);
            }
            while (first && holds(lines)) {
                try {
                    Thread.sleep(5);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while held");
                }
            }
        }

        private boolean holds(List<String> lines) throws IOException {
            try {
                return Files.readAllLines(rule()).equals(lines);
            } catch (NoSuchFileException released) {
                return false;
            }
        }

        private boolean isFirst() throws IOException {
            try {
                Files.createFile(reached());
            } catch (FileAlreadyExistsException other) {
                return false;
            }
            Files.writeString(reached(), Long.toString(ProcessHandle.current().pid()));
            return true;
        }

        private void tell(String step, String name) throws IOException {
            Files.writeString(
                    log(),
                    step + " " + name + " " + ProcessHandle.current().pid() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }

        private Path rule() {
            return folder.resolve("rule");
        }

        private Path reached() {
            return folder.resolve("reached");
        }

        private Path log() {
            return folder.resolve("log");
        }
    }
}
