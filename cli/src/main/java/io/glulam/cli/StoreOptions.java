package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.StoreAbility;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options that say how stores are reached. Arguments that begin with s3:// or r2:// are objects, all others files. */
final class StoreOptions implements CommandPart {
    private final Value<URI> endpoint = Value.option(
            Kind.ADDRESS,
            "URL",
            "Address of an S3-compatible store (default: AWS_ENDPOINT_URL, or the store's own).",
            "--endpoint");

    private final Value<String> region = Value.option(
            Kind.TEXT,
            "REGION",
            "Region of an s3:// bucket (default: AWS_REGION, the profile's, or us-east-1).",
            "--region");

    private final Value<String> profile = Value.option(
            Kind.TEXT,
            "NAME",
            "A profile of ~/.aws for credentials and region (default: AWS_PROFILE, or the usual chain).",
            "--profile");

    private final Value<String> account = Value.option(
            Kind.TEXT, "ID", "Cloudflare's account of an r2:// bucket (default: R2_ACCOUNT_ID).", "--account");

    private final Value<List<StoreAbility>> without = Value.options(
            Words.constant(StoreAbility.class),
            "ABILITY",
            "Abilities that the store lacks, as store probe lists them: " + Words.list(StoreAbility.class) + ".",
            "--without");

    private @Nullable StoreAccess access;

    @Override
    public void addTo(CommandSpec spec) {
        endpoint.addTo(spec);
        region.addTo(spec);
        profile.addTo(spec);
        account.addTo(spec);
        without.addTo(spec);
    }

    /** Whether any of the options was typed. */
    boolean anyTyped() {
        return endpoint.isTyped() || region.isTyped() || profile.isTyped() || account.isTyped() || without.isTyped();
    }

    /**
     * Returns the object that an argument names.
     *
     * @throws ParameterException if it cannot name anything
     */
    ObjectRef object(String argument, CommandLine command) {
        requireKnown(argument, command);
        return StoreAccess.isStored(argument)
                ? access().object(argument, command)
                : LocalStore.object(Path.of(argument));
    }

    /**
     * The folder that an argument names, its key with a slash at its end; it need not exist.
     *
     * @throws ParameterException if it cannot name anything
     */
    ObjectRef folder(String argument, CommandLine command) {
        requireKnown(argument, command);
        ObjectRef any = object((argument.endsWith("/") ? argument : argument + "/") + "any", command);
        return any.sibling(any.key().substring(0, any.key().lastIndexOf('/') + 1));
    }

    /**
     * Refuses addresses that would otherwise be taken for names of local files, and an empty text, which would be taken for
     * the folder that the process was started in.
     *
     * @throws ParameterException for any scheme but s3:// and r2://, and for an empty text
     */
    static void requireKnown(String argument, CommandLine command) {
        if (argument.isEmpty()) {
            throw new ParameterException(command, "an empty argument names no file and no folder");
        }
        String tool = toolFor(argument);
        if (tool != null) {
            throw new ParameterException(
                    command, "'" + argument + "': Glulam does not compact tables of this format; use " + tool);
        }
        int end = argument.indexOf("://");
        if (end > 0
                && !StoreAccess.isStored(argument)
                && argument.substring(0, end).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
            throw new ParameterException(
                    command,
                    "'" + argument + "': " + argument.substring(0, end) + ":// is not supported; use s3:// or r2:// for"
                            + " objects (of any S3-compatible store with --endpoint), or a path");
        }
    }

    /** Returns what compacts tables of formats by whose rules Glulam cannot commit; null for all other arguments. */
    private static @Nullable String toolFor(String argument) {
        return switch (argument.substring(0, Math.max(0, argument.indexOf(':')))) {
            case "ducklake" -> "DuckLake's ducklake_merge_adjacent_files";
            case "hudi" -> "Hudi's run_clustering";
            case "lance" -> "Lance's compact_files";
            default -> null;
        };
    }

    /** The stores that the options describe. */
    StoreAccess access() {
        if (access == null) {
            access = new StoreAccess(endpoint.get(), region.get(), profile.get(), account.get(), without.or(List.of()));
        }
        return access;
    }
}
