package io.glulam.cli;

import io.glulam.s3.S3Capabilities;
import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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

    @Option(
            names = "--without",
            paramLabel = "ABILITY",
            split = ",",
            description = "What the store lacks, as store probe tells: part-copy, conditional-source, free-parts,"
                    + " conditional-publish, suffix-ranges.")
    private List<Ability> without = List.of();

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
        S3Uri uri = uri(argument, command);
        if (uri.key().isEmpty()) {
            throw new ParameterException(command, "'" + argument + "' names no object");
        }
        try {
            return stores().object(argument);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A bucket and what is named in it.
     *
     * @throws ParameterException if it is neither s3:// nor r2://, or its store is not known
     */
    S3Uri uri(String argument, CommandLine command) {
        try {
            S3Uri uri = S3Uri.parse(argument);
            stores().store(uri);
            return uri;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    /** The stores that the options describe. */
    S3Stores stores() {
        // Held as an object: a run on local files loads no class of the stores.
        if (stores == null) {
            stores = new S3Stores(S3Settings.ofProcess().with(endpoint, region, profile, account), this::corrected);
        }
        return (S3Stores) stores;
    }

    private StoreCapabilities corrected(StoreCapabilities kind) {
        StoreCapabilities found = S3Capabilities.with(
                kind,
                kind.conditionalSource() && !without.contains(Ability.CONDITIONAL_SOURCE),
                kind.conditionalPublish() && !without.contains(Ability.CONDITIONAL_PUBLISH),
                kind.suffixRanges() && !without.contains(Ability.SUFFIX_RANGES));
        if (without.contains(Ability.PART_COPY)) {
            found = S3Capabilities.withoutPartCopy(found);
        }
        return without.contains(Ability.FREE_PARTS) ? S3Capabilities.withUniformParts(found, true) : found;
    }
}
