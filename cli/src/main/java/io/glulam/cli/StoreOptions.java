package io.glulam.cli;

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

    private @Nullable StoreAccess access;

    /**
     * What an argument names.
     *
     * @throws ParameterException if it cannot name anything
     */
    StoredObject object(String argument, CommandLine command) {
        requireKnown(argument, command);
        return StoreAccess.isStored(argument) ? access().object(argument, command) : StoredObject.of(Path.of(argument));
    }

    /**
     * Refuses addresses that would otherwise be taken for names of local files.
     *
     * @throws ParameterException for any scheme but s3:// and r2://
     */
    static void requireKnown(String argument, CommandLine command) {
        int end = argument.indexOf("://");
        if (end > 0
                && !StoreAccess.isStored(argument)
                && argument.substring(0, end).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            throw new ParameterException(
                    command,
                    "'" + argument + "': " + argument.substring(0, end) + ":// is not supported; say s3:// or r2:// for"
                            + " objects (of any S3-compatible store with --endpoint), or a path");
        }
    }

    /** The stores that the options describe. */
    StoreAccess access() {
        if (access == null) {
            access = new StoreAccess(endpoint, region, profile, account, without);
        }
        return access;
    }
}
