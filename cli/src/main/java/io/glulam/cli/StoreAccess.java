package io.glulam.cli;

import io.glulam.cli.text.Texts;
import io.glulam.s3.S3Capabilities;
import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.StoredObject;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The stores that {@link StoreOptions} describe. Apart from them, so that a run on local files loads no class of the
 * stores.
 */
final class StoreAccess {
    private final S3Stores stores;
    private final List<Ability> without;

    StoreAccess(
            @Nullable URI endpoint,
            @Nullable String region,
            @Nullable String profile,
            @Nullable String account,
            List<Ability> without) {
        this.without = List.copyOf(without);
        this.stores = new S3Stores(S3Settings.ofProcess().with(endpoint, region, profile, account), this::corrected);
    }

    /** Whether an argument names something in a store. */
    static boolean isStored(String argument) {
        return argument.startsWith("s3://") || argument.startsWith("r2://");
    }

    S3Stores stores() {
        return stores;
    }

    /** An object of a store. */
    StoredObject object(String argument, CommandLine command) {
        S3Uri uri = uri(argument, command);
        if (uri.key().isEmpty()) {
            throw new ParameterException(command, "'" + argument + "' names no object");
        }
        return new StoredObject(stores.store(uri), uri.key());
    }

    /**
     * A bucket and what is named in it.
     *
     * @throws ParameterException if it is neither s3:// nor r2://, or its store is not known
     */
    S3Uri uri(String argument, CommandLine command) {
        try {
            S3Uri uri = S3Uri.parse(argument);
            stores.store(uri);
            return uri;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    private StoreCapabilities corrected(StoreCapabilities kind) {
        return S3Capabilities.without(kind, without.stream().map(Texts::word).toList());
    }
}
