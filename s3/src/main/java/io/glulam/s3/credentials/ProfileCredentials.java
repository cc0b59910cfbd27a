package io.glulam.s3.credentials;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import org.jspecify.annotations.Nullable;

/** Keys that lie in a profile. */
final class ProfileCredentials {
    private ProfileCredentials() {}

    /**
     * The profile's keys; null if it holds none.
     *
     * @throws StorageFailed if the profile gets them in a way that we do not know
     */
    static @Nullable Credentials of(ProfileFiles files, String profile) {
        String id = files.get(profile, "aws_access_key_id");
        String secret = files.get(profile, "aws_secret_access_key");
        if (id != null && secret != null) {
            return new Credentials(id, secret, files.get(profile, "aws_session_token"), null);
        }
        for (String other : new String[] {"role_arn", "sso_session", "sso_start_url", "credential_process"}) {
            if (files.get(profile, other) != null) {
                throw new StorageFailed(
                        Place.UNKNOWN,
                        "the profile " + profile + " gets its credentials by " + other + ", which is not supported",
                        "export them first: eval \"$(aws configure export-credentials --profile " + profile
                                + " --format env)\"");
            }
        }
        return null;
    }
}
