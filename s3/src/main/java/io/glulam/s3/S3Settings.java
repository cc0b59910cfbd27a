package io.glulam.s3;

import io.glulam.error.Remedy;
import io.glulam.s3.client.Endpoint;
import io.glulam.s3.client.RetryPolicy;
import io.glulam.s3.credentials.CredentialChain;
import io.glulam.s3.credentials.CredentialSource;
import io.glulam.s3.credentials.ProfileFiles;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How stores are reached: as AWS's tools are configured, with what was asked for going before. Immutable.
 *
 * @param environment variables by name
 * @param endpoint of all stores; null for {@code AWS_ENDPOINT_URL_S3}, {@code AWS_ENDPOINT_URL}, the profile's, or the
 *     store's own
 * @param region null for {@code AWS_REGION}, {@code AWS_DEFAULT_REGION}, the profile's, or a default
 * @param profile null for {@code AWS_PROFILE}, or {@code default}
 * @param account of Cloudflare, for {@code r2://}; null for {@code R2_ACCOUNT_ID} or {@code CLOUDFLARE_ACCOUNT_ID}
 * @param retries how failures are repeated
 */
public record S3Settings(
        Map<String, String> environment,
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable String profile,
        @Nullable String account,
        RetryPolicy retries) {
    private static final String DEFAULT_REGION = "us-east-1";

    public S3Settings {
        environment = Map.copyOf(environment);
    }

    /** As the process's environment has it. */
    public static S3Settings ofProcess() {
        return of(System.getenv());
    }

    /** As an environment has it. */
    public static S3Settings of(Map<String, String> environment) {
        return new S3Settings(environment, null, null, null, null, RetryPolicy.DEFAULT);
    }

    /** With what was asked for; null for what was not. */
    public S3Settings with(
            @Nullable URI otherEndpoint,
            @Nullable String otherRegion,
            @Nullable String otherProfile,
            @Nullable String otherAccount) {
        return new S3Settings(environment, otherEndpoint, otherRegion, otherProfile, otherAccount, retries);
    }

    /**
     * Returns where a bucket's requests go.
     *
     * @throws IllegalArgumentException with a sentence for people, if that is not known or no address
     */
    Endpoint endpointOf(S3Uri object) {
        URI given = givenEndpoint();
        if (object.isR2()) {
            URI base = given != null ? given : URI.create("https://" + requireAccount() + ".r2.cloudflarestorage.com");
            return new Endpoint(base, region == null ? "auto" : region, true);
        }
        String known = knownRegion();
        if (given != null) {
            return new Endpoint(given, known, true);
        }
        // A dot in the bucket's name would not match the certificate.
        boolean inPath = object.bucket().indexOf('.') >= 0;
        return new Endpoint(URI.create("https://s3." + known + ".amazonaws.com"), known, inPath);
    }

    private @Nullable URI givenEndpoint() {
        if (endpoint != null) {
            return endpoint;
        }
        String named = firstOf("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
        String text = named != null ? named : files().get(profileName(), "endpoint_url");
        return text == null ? null : URI.create(text);
    }

    private String requireAccount() {
        String known = account != null ? account : firstOf("R2_ACCOUNT_ID", "CLOUDFLARE_ACCOUNT_ID");
        if (known == null) {
            throw new IllegalArgumentException("r2:// needs an account id; " + Remedy.ACCOUNT.text());
        }
        if (!known.matches("[0-9A-Za-z]+(\\.[a-z]+)?")) {
            throw new IllegalArgumentException("'" + known + "' is not an account id");
        }
        return known;
    }

    private String knownRegion() {
        if (region != null) {
            return region;
        }
        String named = firstOf("AWS_REGION", "AWS_DEFAULT_REGION");
        String profiled = named != null ? named : files().get(profileName(), "region");
        return profiled == null ? DEFAULT_REGION : profiled;
    }

    private @Nullable String firstOf(String... variables) {
        for (String variable : variables) {
            String value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private String profileName() {
        return profile != null ? profile : environment.getOrDefault("AWS_PROFILE", "default");
    }

    private ProfileFiles files() {
        return ProfileFiles.read(environment);
    }

    CredentialSource credentials() {
        return new CredentialChain(environment, files(), profile, knownRegion());
    }
}
