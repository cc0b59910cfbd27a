package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.TableFormats;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.plan.Settings;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.bucket.ObjectHead;
import io.glulam.service.bucket.Shape;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Leftovers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the Parquet objects under a prefix, and flags the datasets of those that would gain by a compaction.
 * Of an object only the footer is read. What belongs to a table format is passed over. Thread-safe.
 */
public final class DatasetScan {
    /** The longest that one call takes, about; the next one goes on behind. */
    private static final Duration MOST_TIME = Duration.ofSeconds(20);

    private static final int PAGE = 500;

    private final Bucket bucket;
    private final Catalog catalog;
    private final Leftovers leftovers;
    private final CompactionResources resources;

    DatasetScan(Bucket bucket, Catalog catalog, Leftovers leftovers, CompactionResources resources) {
        this.bucket = bucket;
        this.catalog = catalog;
        this.leftovers = leftovers;
        this.resources = resources;
    }

    /**
     * What to look through, and what to do about it.
     *
     * @param prefix of keys; empty for all
     * @param after only keys behind this one; empty for all
     * @param limit how many objects at most
     * @param flag whether to flag the datasets of fragmented objects; otherwise they are only told
     * @param add whether to add a dataset for each fragmented object that the catalog does not know
     */
    public record Request(String prefix, String after, int limit, boolean flag, boolean add) {}

    /** What was found: {@code objects}, and behind which key the next call goes on, null at the end. */
    ObjectNode run(Request request, Settings settings) {
        Map<String, Dataset> known = known(request.prefix());
        List<ObjectHead> objects = new ArrayList<>();
        bucket.list(request.prefix(), head -> {
            if (head.key().endsWith(".parquet") && head.key().compareTo(request.after()) > 0) {
                objects.add(head);
            }
            return objects.size() <= request.limit();
        });
        ObjectNode output = Json.object();
        ArrayNode list = output.putArray("objects");
        long end = System.nanoTime() + MOST_TIME.toNanos();
        String last = null;
        for (ObjectHead object : objects) {
            if (list.size() >= request.limit() || last != null && System.nanoTime() > end) {
                output.put("after", last);
                return output;
            }
            last = object.key();
            if (!leftovers.contains(object.key())) {
                look(object, known.get(object.key()), request, settings).ifPresent(list::add);
            }
        }
        output.putNull("after");
        return output;
    }

    private Map<String, Dataset> known(String prefix) {
        Map<String, Dataset> known = new HashMap<>();
        String after = "";
        List<Dataset> page;
        do {
            page = catalog.list(after, false, PAGE);
            for (Dataset dataset : page) {
                if (dataset.key() != null && dataset.key().startsWith(prefix)) {
                    known.put(dataset.key(), dataset);
                }
                after = dataset.id();
            }
        } while (page.size() == PAGE);
        return known;
    }

    /** Empty if the object is gone by now. */
    private Optional<ObjectNode> look(
            ObjectHead object, @Nullable Dataset dataset, Request request, Settings settings) {
        ObjectNode json = Json.object();
        json.put("bucketKey", object.key());
        json.put("bytes", object.size());
        json.put("datasetId", dataset == null ? null : dataset.id());
        json.put("flagged", dataset != null && dataset.compactionNeeded());
        try {
            Optional<TableFormats.Membership> table = bucket.table(object.key());
            if (table.isPresent()) {
                json.put("verdict", "table");
                json.put("reason", "belongs to a " + table.get().format().title() + " table");
                return Optional.of(json);
            }
            Shape shape = bucket.shape(object.key(), settings, resources.bufferBytes());
            json.put("rowGroups", shape.groupBytes().length);
            json.put("fragments", shape.fragments());
            json.put("verdict", shape.compactable() ? "fragmented" : "healthy");
            if (shape.compactable()) {
                flag(json, dataset, request);
            }
        } catch (CorruptFile | Unsupported | InvalidKey e) {
            json.put("verdict", "unreadable");
            json.put(
                    "reason",
                    bucket.forPeople(
                            e instanceof GlulamException failure ? failure.problem() : String.valueOf(e.getMessage())));
        } catch (StorageFailed e) {
            if (e.retryable()) {
                throw e;
            }
            return Optional.empty();
        }
        return Optional.of(json);
    }

    private void flag(ObjectNode json, @Nullable Dataset dataset, Request request) {
        String key = json.path("bucketKey").textValue();
        if (dataset != null) {
            boolean flagged = dataset.compactionNeeded() || request.flag() && catalog.flag(dataset.id());
            json.put("flagged", flagged);
        } else if (request.add()) {
            if (key.length() > Dataset.MOST_ID_CHARACTERS) {
                json.put("reason", "its key is too long to be the id of a dataset");
                return;
            }
            boolean added = catalog.add(key, key, request.flag());
            json.put("datasetId", added ? key : null);
            json.put("flagged", added && request.flag());
        }
    }
}
