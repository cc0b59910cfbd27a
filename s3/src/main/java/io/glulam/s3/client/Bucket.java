package io.glulam.s3.client;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.s3.client.HttpTransport.SinkChooser;
import io.glulam.s3.credentials.CredentialSource;
import java.util.function.Supplier;

/** One bucket of a store: where requests go, and what their failures are called. Thread-safe. */
public final class Bucket {
    private final StoreSession session;
    private final String scheme;
    private final String name;

    /**
     * @param scheme of names: {@code s3} or {@code r2}
     * @param name the bucket's
     */
    public Bucket(Endpoint endpoint, CredentialSource credentials, RetryPolicy retries, String scheme, String name) {
        this.session = new StoreSession(new HttpTransport(endpoint, credentials, retries), retries);
        this.scheme = scheme;
        this.name = name;
    }

    /** The bucket's name. */
    public String name() {
        return name;
    }

    /** An object's name for people. */
    public String nameOf(String key) {
        return scheme + "://" + name + "/" + key;
    }

    /** Where failures with an object are. */
    public Place place(String key) {
        return Place.of(nameOf(key));
    }

    RetryPolicy retries() {
        return session.retries();
    }

    StoreResponse send(StoreRequest request, RequestCounter counter, Place place) {
        return session.send(() -> request, counter, place, head -> null);
    }

    StoreResponse send(Supplier<StoreRequest> request, RequestCounter counter, Place place, SinkChooser chooser) {
        return session.send(request, counter, place, chooser);
    }

    void requireSuccess(StoreResponse response, String key, String action) {
        if (!response.isSuccess()) {
            throw failed(response, key, action);
        }
    }

    GlulamException failed(StoreResponse response, String key, String action) {
        // Without a bucket, no object is to blame.
        String blamed = ResponseFailures.isWithoutBucket(response) ? "" : key;
        return ResponseFailures.of(response, place(blamed), action);
    }

    SourceChanged changed(String key) {
        return new SourceChanged(place(key), "the object changed while it was read", "it was left as it is; run again");
    }
}
