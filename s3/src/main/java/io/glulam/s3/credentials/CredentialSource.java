package io.glulam.s3.credentials;

/** Gives credentials, fresh ones when the old ones are about to end. Thread-safe. */
@FunctionalInterface
public interface CredentialSource {
    /**
     * Credentials for a request that is signed now.
     *
     * @throws io.glulam.error.StorageFailed if there are none
     */
    Credentials credentials();

    /** Always the same. */
    static CredentialSource of(Credentials credentials) {
        return () -> credentials;
    }
}
