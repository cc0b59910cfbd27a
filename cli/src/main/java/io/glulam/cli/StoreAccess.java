package io.glulam.cli;

import io.glulam.s3.PriceList;
import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.StoreAbility;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The stores that {@link StoreOptions} describe. Apart from them, so that a run on local files loads no class of the
 * stores.
 */
final class StoreAccess {
    private final S3Stores stores;

    StoreAccess(
            @Nullable URI endpoint,
            @Nullable String region,
            @Nullable String profile,
            @Nullable String account,
            List<StoreAbility> without) {
        this.stores = new S3Stores(
                S3Settings.ofProcess().with(endpoint, region, profile, account), kind -> kind.without(without));
    }

    /**
     * Has what requests need loaded while the command line is read, if it names something in a store.
     *
     * @param environment which may name the endpoint
     */
    static void prepare(Map<String, String> environment, String... arguments) {
        boolean stored = false;
        boolean plain = false;
        for (String argument : arguments) {
            stored |= isStored(argument);
            plain |= isPlain(argument) || argument.startsWith("--endpoint=http:");
        }
        if (stored) {
            for (String name : List.of("GLULAM_ENDPOINT", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")) {
                plain |= isPlain(environment.getOrDefault(name, ""));
            }
            S3Stores.prepare(plain);
        }
    }

    private static boolean isPlain(String address) {
        return address.startsWith("http:");
    }

    /** Whether an argument names something in a store. */
    static boolean isStored(String argument) {
        return argument.startsWith("s3://") || argument.startsWith("r2://");
    }

    S3Stores stores() {
        return stores;
    }

    /** Returns the price list of the store that holds an object of that name. */
    static PriceList prices(String name) {
        return name.startsWith("r2://") ? PriceList.R2 : PriceList.S3;
    }

    /** An object of a store. */
    ObjectRef object(String argument, CommandLine command) {
        ObjectRef object = place(argument, command);
        if (object.key().isEmpty()) {
            throw new ParameterException(command, "'" + argument + "' names no object");
        }
        return object;
    }

    /** Returns what an argument names in a store, its key an object's, a prefix or a pattern. */
    ObjectRef place(String argument, CommandLine command) {
        S3Uri uri = uri(argument, command);
        return new ObjectRef(stores.store(uri), uri.key());
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
            throw new ParameterException(command, Remedies.sentence(String.valueOf(e.getMessage())));
        }
    }
}
