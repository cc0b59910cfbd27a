package io.glulam.s3.credentials;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.StorageFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks where AWS's tools look, in their order: a profile that was named; the environment's keys; a web identity's token;
 * the profile of the shared files; the container's service; the instance's service. Found credentials are kept until they
 * are about to end. Thread-safe.
 *
 * <p>Not supported: profiles that assume a role, single sign-on, credential processes.
 */
public final class CredentialChain implements CredentialSource {
    /** Temporary credentials are renewed so long before their end. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final ProfileFiles files;
    private final @Nullable String profile;
    private final String region;
    private @Nullable Credentials known;

    /**
     * @param environment variables by name
     * @param profile that was asked for; null for none
     * @param region whose token service is asked
     */
    public CredentialChain(
            Map<String, String> environment, ProfileFiles files, @Nullable String profile, String region) {
        this.environment = Map.copyOf(environment);
        this.files = files;
        this.profile = profile;
        this.region = region;
    }

    @Override
    public synchronized Credentials credentials() {
        Credentials current = known;
        Instant expires = current == null ? null : current.expires();
        if (current == null || expires != null && Instant.now().isAfter(expires.minus(MARGIN))) {
            current = find();
            known = current;
        }
        return current;
    }

    private Credentials find() {
        Credentials found = profile == null ? fromEnvironment() : named(profile);
        if (found == null && profile == null) {
            found = WebIdentity.from(environment, region);
        }
        if (found == null && profile == null) {
            found = ProfileCredentials.of(files, environment.getOrDefault("AWS_PROFILE", "default"));
        }
        if (found == null && profile == null) {
            found = HostCredentials.ofContainer(environment);
        }
        if (found == null && profile == null) {
            found = HostCredentials.ofInstance(environment);
        }
        if (found == null) {
            throw new StorageFailed(Place.UNKNOWN, "no credentials for the store", Remedy.CREDENTIALS.text());
        }
        return found;
    }

    private @Nullable Credentials fromEnvironment() {
        String id = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        return id == null || secret == null || id.isEmpty()
                ? null
                : new Credentials(id, secret, environment.get("AWS_SESSION_TOKEN"), null);
    }

    private @Nullable Credentials named(String name) {
        if (!files.has(name)) {
            throw new StorageFailed(Place.UNKNOWN, "there is no profile " + name, "aws configure list-profiles tells");
        }
        return ProfileCredentials.of(files, name);
    }
}
