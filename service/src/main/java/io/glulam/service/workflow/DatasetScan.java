package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.Inspection;
import io.glulam.TableFormats;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.plan.Settings;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Leftovers;
import io.glulam.storage.ObjectFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks through the Parquet objects under a prefix, and flags the datasets of those that would gain by a compaction.
 * Of an object only the footer is read. What belongs to a table format is passed over. Thread-safe.
 */
public final class DatasetScan {
    /** After this duration a call ends with the object at hand; the next call continues after its last key. */
    private static final Duration MAX_TIME = Duration.ofSeconds(20);

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
     * The request for a scan.
     *
     * @param prefix of keys; empty for all
     * @param after only keys after this one; empty for all
     * @param limit how many objects at most
     * @param flag whether to flag the datasets of fragmented objects; otherwise the result only names them
     * @param add whether to add a dataset for each fragmented object that the catalog does not know
     */
    public record Request(String prefix, String after, int limit, boolean flag, boolean add) {}

    /** Returns {@code objects}, and the key after which the next call continues, null at the end. */
    ObjectNode run(Request request, Settings settings) {
        long end = System.nanoTime() + MAX_TIME.toNanos();
        Page page = page(request, end);
        Map<String, List<Dataset>> known = known(page.objects);
        ObjectNode output = Json.object();
        ArrayNode list = output.putArray("objects");
        String last = null;
        for (ObjectFacts object : page.objects) {
            if (last != null && System.nanoTime() > end) {
                return output.put("after", last);
            }
            last = object.key();
            if (!leftovers.contains(object.key())) {
                look(object, known.getOrDefault(object.key(), List.of()), request, settings)
                        .ifPresent(list::add);
            }
        }
        return output.put("after", page.more ? page.last : null);
    }

    /** Objects that one call looks at. */
    private static final class Page {
        private final List<ObjectFacts> objects = new ArrayList<>();
        private String last = "";
        private boolean more;
    }

    private Page page(Request request, long end) {
        Page page = new Page();
        bucket.list(request.prefix(), request.after(), head -> {
            if (page.objects.size() == request.limit() || !page.last.isEmpty() && System.nanoTime() > end) {
                page.more = true;
                return false;
            }
            page.last = head.key();
            if (head.key().endsWith(".parquet")) {
                page.objects.add(head);
            }
            return true;
        });
        return page;
    }

    /** The datasets of objects, by key. */
    private Map<String, List<Dataset>> known(List<ObjectFacts> objects) {
        return catalog.withKeys(objects.stream().map(ObjectFacts::key).toList()).stream()
                .sorted(Comparator.comparing(Dataset::id))
                .collect(Collectors.groupingBy(dataset -> String.valueOf(dataset.key())));
    }

    /** Looks at an object; empty if it was deleted meanwhile. */
    private Optional<ObjectNode> look(ObjectFacts object, List<Dataset> datasets, Request request, Settings settings) {
        ObjectNode json = Json.object();
        json.put("bucketKey", object.key());
        json.put("bytes", object.size());
        json.put("datasetId", datasets.isEmpty() ? null : datasets.get(0).id());
        json.put("flagged", !datasets.isEmpty() && datasets.get(0).compactionNeeded());
        try {
            Optional<TableFormats.Membership> table = bucket.table(object.key());
            if (table.isPresent()) {
                json.put("verdict", "table");
                json.put("reason", "belongs to a " + table.get().format().title() + " table");
                return Optional.of(json);
            }
            Inspection file = bucket.inspect(object.key(), resources.options(settings));
            json.put("rowGroups", file.shape().rowGroups());
            json.put("fragments", file.shape().fragments());
            json.put("rowGroupsAfter", file.rowGroupsAfter());
            json.put("verdict", file.compactable() ? "fragmented" : "healthy");
            if (file.compactable()) {
                flag(json, datasets, request);
            }
        } catch (CorruptFile | Unsupported | InvalidKey e) {
            json.put("verdict", "unreadable");
            json.put(
                    "reason",
                    bucket.forPeople(
                            e instanceof GlulamException failure ? failure.problem() : String.valueOf(e.getMessage())));
        } catch (StorageFailed e) {
            if (e.kind() == StorageFailed.Kind.MISSING) {
                return Optional.empty();
            }
            if (e.retryable()) {
                throw e;
            }
            json.put("verdict", "unreadable");
            json.put("reason", bucket.forPeople(e.problem()));
        }
        return Optional.of(json);
    }

    /** Flags all datasets of an object; {@code json} names the first. */
    private void flag(ObjectNode json, List<Dataset> datasets, Request request) {
        String key = json.path("bucketKey").textValue();
        for (int i = datasets.size() - 1; i >= 0; i--) {
            Dataset dataset = datasets.get(i);
            json.put("flagged", dataset.compactionNeeded() || request.flag() && catalog.flag(dataset.id()));
        }
        if (datasets.isEmpty() && request.add()) {
            if (key.length() > Dataset.MAX_ID_CHARACTERS) {
                json.put("reason", "its key is too long to be the id of a dataset");
                return;
            }
            boolean added = catalog.add(key, key, request.flag());
            json.put("datasetId", added ? key : null);
            json.put("flagged", added && request.flag());
        }
    }
}
