package io.glulam.service.bucket;

import io.glulam.service.bucket.PublishHook.Publication;
import io.glulam.storage.NewObject;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import java.nio.ByteBuffer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store that tells a hook what is about to be published, for one run. */
final class HookedStore implements ObjectStore, ObjectLister {
    private final ObjectStore store;
    private final PublishHook hook;
    private final UnaryOperator<String> keyOf;

    /** @param keyOf turns the store's keys into the bucket's */
    HookedStore(ObjectStore store, PublishHook hook, UnaryOperator<String> keyOf) {
        this.store = store;
        this.hook = hook;
        this.keyOf = keyOf;
    }

    @Override
    public String nameOf(String key) {
        return store.nameOf(key);
    }

    @Override
    public StoreCapabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public RangeReader open(String key) {
        return store.open(key);
    }

    @Override
    public ObjectWriter create(String key, NewObject object) {
        return new HookedWriter(store.create(key, object), object);
    }

    /** Lists nothing: the bucket has looked for a table around the object already, through the store itself. */
    @Override
    public Traffic list(String prefix, Predicate<ObjectFacts> next) {
        return Traffic.NONE;
    }

    private final class HookedWriter implements ObjectWriter {
        private final ObjectWriter writer;
        private final NewObject object;

        HookedWriter(ObjectWriter writer, NewObject object) {
            this.writer = writer;
            this.object = object;
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
            @Nullable RangeReader source = object.like();
            @Nullable String backup = object.backup();
            hook.beforePublish(new Publication(
                    object.mark() == null ? "" : object.mark(),
                    source == null ? "" : source.version(),
                    writer.position(),
                    writer.expectedVersion(),
                    backup == null ? null : keyOf.apply(backup)));
            writer.publish();
        }

        @Override
        public boolean copiesInStore() {
            return writer.copiesInStore();
        }

        @Override
        public String expectedVersion() {
            return writer.expectedVersion();
        }

        @Override
        public String publishedVersion() {
            return writer.publishedVersion();
        }

        @Override
        public Traffic traffic() {
            return writer.traffic();
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
