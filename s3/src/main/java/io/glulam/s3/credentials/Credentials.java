package io.glulam.s3.credentials;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The keys that requests are signed with. {@code toString} keeps the secrets.
 *
 * @param accessKeyId names the key
 * @param secretAccessKey the secret
 * @param sessionToken of temporary credentials; null for lasting ones
 * @param expires when temporary ones end; null for never, or if unknown
 */
public record Credentials(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        @Nullable Instant expires) {
    /** Lasting credentials. */
    public static Credentials of(String accessKeyId, String secretAccessKey) {
        return new Credentials(accessKeyId, secretAccessKey, null, null);
    }

    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + "]";
    }
}
