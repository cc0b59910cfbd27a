package io.glulam.cli;

import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.storage.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say how stores are reached. Arguments that begin with s3:// or r2:// are objects, all others files. */
final class StoreOptions {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "Where an S3-compatible store answers (default: AWS_ENDPOINT_URL, or the store's own).")
    private @Nullable URI endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Of an s3:// bucket (default: AWS_REGION, the profile's, or us-east-1).")
    private @Nullable String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "A profile of ~/.aws for credentials and region (default: AWS_PROFILE, or the usual chain).")
    private @Nullable String profile;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "Cloudflare's account of an r2:// bucket (default: R2_ACCOUNT_ID).")
    private @Nullable String account;

    private @Nullable Object stores;

    /**
     * What an argument names.
     *
     * @throws ParameterException if it cannot name anything
     */
    StoredObject object(String argument, CommandLine command) {
        if (!S3Uri.isOne(argument)) {
            return StoredObject.of(Path.of(argument));
        }
        try {
            StoredObject object = stores().object(argument);
            if (object.key().isEmpty()) {
                throw new IllegalArgumentException("'" + argument + "' names no object");
            }
            return object;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    /** The stores that the options describe. */
    S3Stores stores() {
        // Held as an object: a run on local files loads no class of the stores.
        if (stores == null) {
            stores = new S3Stores(S3Settings.ofProcess().with(endpoint, region, profile, account));
        }
        return (S3Stores) stores;
    }
}
