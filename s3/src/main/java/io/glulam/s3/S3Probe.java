package io.glulam.s3;

import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.s3.client.ObjectReads.Tail;
import io.glulam.s3.client.ObjectWrites;
import io.glulam.s3.client.ObjectWrites.Condition;
import io.glulam.s3.client.ObjectWrites.Published;
import io.glulam.s3.client.ObjectWrites.Upload;
import io.glulam.s3.client.RequestBody;
import io.glulam.s3.client.RequestCounter;
import io.glulam.storage.ObjectAttributes;
import io.glulam.storage.StoreAbility;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a store can do, by doing it with temporary objects of some MiB under a prefix, which it removes.
 */
public final class S3Probe {
    private static final long SOURCE = 6L << 20;
    private static final long PART = 5L << 20;
    private static final Condition WRONG = new Condition.Version("\"00000000000000000000000000000000\"");

    private final S3Store store;
    private final ObjectWrites writes;
    private final RequestCounter counter = new RequestCounter();
    private final String source;
    private final String target;

    /** @param prefix under which temporary objects may lie */
    public S3Probe(S3Store store, String prefix) {
        this.store = store;
        this.writes = store.writes();
        String folder = prefix + ".glulam-probe-" + UUID.randomUUID() + "/";
        this.source = folder + "source";
        this.target = folder + "target";
    }

    /**
     * Probes with some ten requests that send at most 17 MiB.
     *
     * @return the abilities that the store has
     * @throws StorageFailed if not even an object can be written
     */
    public Set<StoreAbility> run() {
        Set<StoreAbility> found;
        try {
            found = find();
        } catch (GlulamException failure) {
            try {
                remove();
            } catch (GlulamException consequence) {
                failure.addSuppressed(consequence);
            }
            throw failure;
        }
        remove();
        return found;
    }

    private Set<StoreAbility> find() {
        String etag = put(source);
        put(target);
        boolean partCopy = copies(etag, false);
        Set<StoreAbility> found = EnumSet.noneOf(StoreAbility.class);
        add(StoreAbility.PART_COPY, partCopy, found);
        add(StoreAbility.CONDITIONAL_SOURCE, partCopy && copies("\"0\"", true), found);
        add(StoreAbility.FREE_PARTS, freeParts(partCopy), found);
        add(StoreAbility.CONDITIONAL_PUBLISH, conditionalPublish(), found);
        add(StoreAbility.SUFFIX_RANGES, suffixRanges(), found);
        return found;
    }

    private static void add(StoreAbility ability, boolean has, Set<StoreAbility> found) {
        if (has) {
            found.add(ability);
        }
    }

    private void remove() {
        writes.delete(source, counter);
        writes.delete(target, counter);
    }

    private String put(String key) {
        Published published = writes.put(key, zeros(SOURCE), ObjectAttributes.NONE, new Condition.None(), counter);
        if (!published.isDone()) {
            throw new StorageFailed(store.bucket().place(key), "the store takes no object", null);
        }
        return published.etag();
    }

    private static RequestBody zeros(long length) {
        return new RequestBody() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void read(long position, ByteBuffer into) {
                while (into.hasRemaining()) {
                    into.put((byte) 0);
                }
            }
        };
    }

    /** Returns whether a part is copied; or, where the version is wrong, whether that keeps it from being copied. */
    private boolean copies(String etag, boolean wrongly) {
        Upload upload =
                writes.createUpload(target, ObjectAttributes.NONE, counter).upload();
        try {
            copy(upload, 1, wrongly ? etag : null, PART);
            return !wrongly;
        } catch (SourceChanged refused) {
            return wrongly;
        } catch (StorageFailed cannot) {
            return false;
        } finally {
            writes.abort(upload, counter);
        }
    }

    private String copy(Upload upload, int number, @Nullable String etag, long length) {
        return writes.copyPart(upload, number, store.bucket().name(), source, etag, 0, length, counter);
    }

    private boolean freeParts(boolean partCopy) {
        Upload upload =
                writes.createUpload(target, ObjectAttributes.NONE, counter).upload();
        List<String> etags = new ArrayList<>();
        try {
            etags.add(part(upload, 1, SOURCE, partCopy));
            etags.add(part(upload, 2, PART, partCopy));
            etags.add(part(upload, 3, 1, false));
            return writes.complete(upload, etags, new Condition.None(), counter).isDone();
        } catch (StorageFailed refused) {
            return false;
        } finally {
            writes.abort(upload, counter);
        }
    }

    private String part(Upload upload, int number, long length, boolean copied) {
        return copied ? copy(upload, number, null, length) : writes.uploadPart(upload, number, zeros(length), counter);
    }

    private boolean conditionalPublish() {
        Upload upload =
                writes.createUpload(target, ObjectAttributes.NONE, counter).upload();
        try {
            String etag = writes.uploadPart(upload, 1, zeros(1), counter);
            return writes.complete(upload, List.of(etag), WRONG, counter).status() == 412;
        } catch (StorageFailed cannot) {
            return false;
        } finally {
            writes.abort(upload, counter);
        }
    }

    private boolean suffixRanges() {
        Tail tail = store.reads().tail(source, 100, counter);
        return tail != null && tail.head().size() == SOURCE && tail.bytes().length == 100;
    }
}
