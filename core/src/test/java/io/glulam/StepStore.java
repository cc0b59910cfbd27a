package io.glulam;

import io.glulam.local.LocalFileReader;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectMover;
import io.glulam.storage.ObjectRemover;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import io.glulam.storage.WriteRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The local file system in steps: each publishing, move and deletion is one. A process can die before or after a step: from
 * then on nothing works any more. Something else can also happen before a step.
 */
final class StepStore implements ObjectStore, ObjectLister, ObjectRemover, ObjectMover {
    /** The process is dead. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Something that happens before a step. */
    interface Hook {
        void before(String step);
    }

    private final LocalStore files = LocalStore.INSTANCE;
    private final List<String> steps = new ArrayList<>();
    private final int last;
    private final boolean done;
    private final Hook hook;
    private boolean dead;

    private StepStore(int last, boolean done, Hook hook) {
        this.last = last;
        this.done = done;
        this.hook = hook;
    }

    /** A process that dies at a step, counted from 1. */
    static StepStore dyingAt(int step, boolean done) {
        return new StepStore(step, done, any -> {});
    }

    /** A process that lives, and something beside it. */
    static StepStore with(Hook hook) {
        return new StepStore(Integer.MAX_VALUE, true, hook);
    }

    /** The steps so far: what was done, and the name of the file. */
    List<String> steps() {
        return steps;
    }

    boolean isDead() {
        return dead;
    }

    private void step(String what, String key, Runnable action) {
        requireAlive();
        String step = what + " " + key.substring(key.lastIndexOf('/') + 1);
        hook.before(step);
        steps.add(step);
        dead = steps.size() == last;
        if (!dead || done) {
            action.run();
        }
        requireAlive();
    }

    private void requireAlive() {
        if (dead) {
            throw new Death();
        }
    }

    @Override
    public String nameOf(String key) {
        return files.nameOf(key);
    }

    @Override
    public String fullNameOf(String key) {
        return files.fullNameOf(key);
    }

    @Override
    public StoreCapabilities capabilities() {
        return files.capabilities();
    }

    @Override
    public LocalFileReader open(String key) {
        requireAlive();
        return files.open(key);
    }

    @Override
    public void makeFolder(String key) {
        files.makeFolder(key);
    }

    @Override
    public ObjectWriter create(String key, WriteRequest object) {
        requireAlive();
        return new Writer(key, files.create(key, object));
    }

    @Override
    public Traffic list(String prefix, String after, Predicate<ObjectFacts> next) {
        requireAlive();
        return files.list(prefix, after, next);
    }

    @Override
    public ObjectFacts facts(String key) {
        requireAlive();
        return files.facts(key);
    }

    @Override
    public Set<String> locations(String key) {
        return files.locations(key);
    }

    @Override
    public Traffic delete(String key) {
        step("delete", key, () -> files.delete(key));
        return Traffic.NONE;
    }

    @Override
    public Traffic delete(String key, long size, String version) {
        step("delete", key, () -> files.delete(key, size, version));
        return Traffic.NONE;
    }

    @Override
    public String resolved(String key) {
        return files.resolved(key);
    }

    @Override
    public void move(String from, String to) {
        step("move", from, () -> files.move(from, to));
    }

    private final class Writer implements ObjectWriter {
        private final String key;
        private final ObjectWriter writer;

        Writer(String key, ObjectWriter writer) {
            this.key = key;
            this.writer = writer;
        }

        @Override
        public long position() {
            return writer.position();
        }

        @Override
        public void append(ByteBuffer literal) {
            writer.append(literal);
        }

        @Override
        public void copy(RangeReader source, long offset, long length) {
            writer.copy(source, offset, length);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            writer.read(position, target);
        }

        @Override
        public void publish() {
            step("publish", key, writer::publish);
        }

        @Override
        public String expectedVersion() {
            return writer.expectedVersion();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
