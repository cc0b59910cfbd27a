package io.glulam.service.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.MergeOptions;
import io.glulam.inputs.InputFilter;
import io.glulam.join.MetadataRule;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.Keys;
import io.glulam.service.ledger.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request for a merge: objects become new ones, and stay as they are.
 *
 * @param keys of the objects, in the order of the rows; empty if {@code prefix} names them
 * @param prefix of the objects, which ends with a slash; null if {@code keys} names them
 * @param target key of the one new object; or of a folder for new objects, with a slash at its end
 * @param options of the merge; threads, memory and folders are the server's
 * @param olderThan objects that were modified later are passed over; zero for none
 * @param minFileBytes objects that are not smaller are passed over
 * @param instanceId the id that the instance gets; null for a random one
 * @param callbackUrl is called when the instance has ended; null for none
 * @param json as the ledger keeps it
 */
public record MergeRequest(
        List<String> keys,
        @Nullable String prefix,
        String target,
        MergeOptions options,
        Duration olderThan,
        long minFileBytes,
        @Nullable String instanceId,
        @Nullable String callbackUrl,
        JsonNode json) {
    /** Objects that one merge takes. */
    public static final int MAX_INPUTS = 10_000;

    private static final int MAX_KEYS = 1_000;
    private static final int MAX_COLUMN_CHARACTERS = 1_000;
    private static final long FOLDER_FILE_BYTES = 512L << 20;
    private static final String KEYS = "bucketKeys";
    private static final String PREFIX = "prefix";
    private static final String MINIMUM = "min:";
    private static final Set<String> ONLY_FOR_FOLDERS = Set.of("targetFileSize", "mismatch");
    private static final Set<String> ONLY_FOR_PREFIXES = Set.of("olderThan", "minFileSize");
    private static final Set<String> FIELDS = Set.of(
            KEYS,
            PREFIX,
            Instance.MERGE_TARGET,
            "instanceId",
            "options",
            "targetFileSize",
            "minInputFiles",
            "minFileSize",
            "olderThan",
            "metadata",
            "mismatch",
            "widen",
            "inputOrder",
            "callbackUrl");

    /** Whether a body asks for a merge, and not for the compaction of one object. */
    public static boolean isOne(JsonNode body) {
        return body.has(KEYS) || body.has(PREFIX) || body.has(Instance.MERGE_TARGET);
    }

    /**
     * Reads a request, or what the ledger has kept of one.
     *
     * @throws InvalidField naming the first field that is wrong
     */
    public static MergeRequest read(JsonNode body, CompactionRequest.Defaults defaults) {
        Fields fields = Fields.of(body, FIELDS);
        String target = fields.requireText(Instance.MERGE_TARGET, Keys.MAX_BYTES);
        boolean folder = target.endsWith("/");
        CompactionRequest.requireKey(Instance.MERGE_TARGET, withoutSlash(target));
        List<String> keys = fields.texts(KEYS, MAX_KEYS, Keys.MAX_BYTES);
        String prefix = fields.text(PREFIX, Keys.MAX_BYTES);
        if (!folder) {
            requireNone(body, ONLY_FOR_FOLDERS, "needs a target that ends with a slash");
        }
        if (keys != null && prefix == null) {
            requireNone(body, ONLY_FOR_PREFIXES, "needs a prefix");
            requireKeys(keys, target);
        } else if (prefix != null && keys == null) {
            requirePrefix(prefix, target);
        } else {
            throw new InvalidField(prefix == null ? KEYS : PREFIX, "a merge takes bucketKeys or a prefix");
        }
        return new MergeRequest(
                keys == null ? List.of() : keys,
                prefix,
                target,
                options(fields, folder),
                duration(fields.text("olderThan", 20)),
                fields.size("minFileSize", Long.MAX_VALUE),
                CompactionRequest.instanceId(fields),
                CompactionRequest.callbackUrl(fields, defaults.callbacks()),
                ((ObjectNode) body).deepCopy().without(List.of("instanceId", "callbackUrl")));
    }

    private static void requireNone(JsonNode body, Set<String> fields, String why) {
        fields.stream().sorted().filter(body::hasNonNull).findFirst().ifPresent(field -> {
            throw new InvalidField(field, why);
        });
    }

    private static void requireKeys(List<String> keys, String target) {
        for (int i = 0; i < keys.size(); i++) {
            String field = KEYS + "[" + i + "]";
            CompactionRequest.requireKey(field, keys.get(i));
            if (keys.get(i).equals(target)) {
                throw new InvalidField(field, "is the target, too");
            }
        }
    }

    private static void requirePrefix(String prefix, String target) {
        if (!prefix.endsWith("/")) {
            throw new InvalidField(PREFIX, "ends with a slash");
        }
        if (prefix.indexOf('*') >= 0 || prefix.indexOf('?') >= 0) {
            throw new InvalidField(PREFIX, "holds no * or ?");
        }
        CompactionRequest.requireKey(PREFIX, withoutSlash(prefix));
        if (target.startsWith(prefix)) {
            throw new InvalidField(Instance.MERGE_TARGET, "lies under the prefix, where the next merge would take it");
        }
    }

    private static String withoutSlash(String key) {
        return key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
    }

    private static MergeOptions options(Fields fields, boolean folder) {
        MergeOptions options = MergeOptions.defaults();
        return options.withCompaction(options.compaction().withSettings(fields.settings("options")))
                .withMetadata(fields.word("metadata", MetadataRule.COMMON))
                .withMismatch(fields.word("mismatch", MergeOptions.Mismatch.REFUSE))
                .withWiden(fields.flag("widen", false))
                .withMinimumOf(minimumOf(fields.text("inputOrder", MAX_COLUMN_CHARACTERS)))
                .withMinInputFiles(fields.number("minInputFiles", 1, MAX_INPUTS))
                .withMaxFileBytes(fields.size("targetFileSize", folder ? FOLDER_FILE_BYTES : Long.MAX_VALUE));
    }

    private static @Nullable String minimumOf(@Nullable String order) {
        if (order == null || order.equals("path")) {
            return null;
        }
        if (!order.startsWith(MINIMUM) || order.length() == MINIMUM.length()) {
            throw new InvalidField("inputOrder", "must be path or min:COLUMN");
        }
        return order.substring(MINIMUM.length());
    }

    private static Duration duration(@Nullable String text) {
        try {
            return text == null ? Duration.ZERO : Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidField("olderThan", String.valueOf(e.getMessage()));
        }
    }

    /** Whether it writes to a folder, and not one object. */
    public boolean isIntoFolder() {
        return target.endsWith("/");
    }

    /**
     * Looks at the keys only.
     *
     * @throws io.glulam.service.bucket.InvalidKey if one cannot be an object of the bucket
     */
    public void requireSafe(Bucket bucket) {
        keys.forEach(bucket::requireSafe);
        for (String key : prefix == null ? List.of(target) : List.of(prefix, target)) {
            bucket.requireSafe(key.endsWith("/") ? key + "any" : key);
        }
    }

    /** Which objects of the prefix are taken. */
    public InputFilter filter(Instant now) {
        return new InputFilter(olderThan.isZero() ? null : now.minus(olderThan), minFileBytes);
    }

    /**
     * Everything that an instance's request names: its objects or their prefix. What the ledger keeps is read as it is,
     * so that it can be told from any version.
     */
    public static Stream<String> namedIn(JsonNode request) {
        Stream.Builder<String> named = Stream.builder();
        request.path(KEYS).forEach(key -> named.add(key.asText()));
        if (request.hasNonNull(PREFIX)) {
            named.add(request.path(PREFIX).asText());
        }
        return named.build();
    }
}
