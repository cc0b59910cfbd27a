package io.glulam.service.bucket;

import io.glulam.s3.S3Probe;
import io.glulam.s3.S3Store;
import io.glulam.s3.UnfinishedUploads;
import io.glulam.s3.UploadWatcher;
import io.glulam.storage.ObjectFacts;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.StoreAbility;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** A bucket of S3, R2 or a compatible store, or what lies under a prefix of it. */
public final class S3Bucket extends StoreBucket {
    private final S3Store store;
    private final UnfinishedUploads uploads;
    private final String prefix;

    /** @param prefix that all keys lie under, with the slash after it; empty for the whole bucket */
    public S3Bucket(S3Store store, String prefix) {
        super(store);
        this.store = store;
        this.uploads = new UnfinishedUploads(store);
        this.prefix = prefix;
    }

    @Override
    public String describe() {
        return store.nameOf(prefix);
    }

    @Override
    public void check() {
        store.list(prefix, any -> false);
    }

    @Override
    public Set<StoreAbility> probe() {
        Set<StoreAbility> lacking = store.capabilities().abilities();
        lacking.removeAll(new S3Probe(store, prefix).run());
        return lacking;
    }

    @Override
    String toStore(String key) {
        Keys.require(key);
        String storeKey = prefix + key;
        if (storeKey.getBytes(StandardCharsets.UTF_8).length > Keys.MAX_BYTES) {
            throw new InvalidKey("a key has, with the bucket's prefix, at most " + Keys.MAX_BYTES + " bytes");
        }
        return storeKey;
    }

    @Override
    String root() {
        return prefix;
    }

    @Override
    String fromStore(String storeKey) {
        return storeKey.substring(prefix.length());
    }

    @Override
    public Optional<ObjectFacts> find(String key) {
        return store.head(toStore(key)).map(facts -> facts.withKey(key));
    }

    @Override
    public void delete(String key) {
        store.delete(toStore(key));
    }

    @Override
    public void list(String keyPrefix, String after, Predicate<ObjectFacts> next) {
        store.list(
                prefix + keyPrefix,
                after.isEmpty() ? "" : prefix + after,
                facts -> next.test(facts.withKey(fromStore(facts.key()))));
    }

    @Override
    ObjectStore watched(PublishHook hook) {
        return store.watchedBy(new UploadWatcher() {
            @Override
            public void beginning(String storeKey, Instant since) {
                hook.beforeUpload(fromStore(storeKey), since);
            }

            @Override
            public void begun(String storeKey, String uploadId) {
                hook.uploadBegun(fromStore(storeKey), uploadId);
            }
        });
    }

    @Override
    public void removeUpload(Upload upload) {
        String storeKey = toStore(upload.key());
        if (upload.id().isEmpty()) {
            uploads.removeLost(storeKey, upload.since());
        } else {
            uploads.remove(storeKey, upload.id());
        }
    }
}
