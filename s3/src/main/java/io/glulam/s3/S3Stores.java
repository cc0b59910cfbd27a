package io.glulam.s3;

import io.glulam.s3.client.Bucket;
import io.glulam.s3.client.FirstRequest;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.StoreCapabilities;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Finds the store of a name; one for each bucket, so that what lies in one can be copied inside it. Thread-safe. */
public final class S3Stores {
    private final S3Settings settings;
    private final UnaryOperator<StoreCapabilities> corrections;
    private final Map<String, S3Store> stores = new HashMap<>();

    /**
     * Has what the first request of this process needs loaded, beside the caller, who will ask a store soon. Asks nothing.
     *
     * @param plain whether no store will be reached by TLS
     */
    public static void prepare(boolean plain) {
        FirstRequest.prepare(plain);
    }

    /** Stores that do what their kind does. */
    public S3Stores(S3Settings settings) {
        this(settings, capabilities -> capabilities);
    }

    /** @param corrections of what a store's kind can do */
    public S3Stores(S3Settings settings, UnaryOperator<StoreCapabilities> corrections) {
        this.settings = settings;
        this.corrections = corrections;
    }

    /**
     * Returns the object of a name. Nothing is asked of the store.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is no name of an object
     */
    public ObjectRef object(String text) {
        S3Uri uri = S3Uri.parse(text);
        return new ObjectRef(store(uri), uri.key());
    }

    /** Returns the store of a name's bucket; the same for the same bucket. */
    public synchronized S3Store store(S3Uri uri) {
        return stores.computeIfAbsent(uri.scheme() + "://" + uri.bucket(), any -> {
            Bucket bucket = new Bucket(
                    settings.endpointOf(uri), settings.credentials(), settings.retries(), uri.scheme(), uri.bucket());
            return new S3Store(bucket, corrections.apply(uri.isR2() ? S3Capabilities.R2 : S3Capabilities.S3));
        });
    }
}
