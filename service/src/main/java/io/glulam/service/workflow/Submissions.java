package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.QueueFull;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.MergeRequest;
import io.glulam.service.request.TableJob;
import io.glulam.service.table.TableName;
import io.glulam.service.workflow.Workflow.Submission;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks requests against the catalog, the bucket and the served tables, and adds them to the queue. Thread-safe. */
final class Submissions {
    private final Catalog catalog;
    private final Bucket bucket;
    private final Ledger ledger;
    private final WorkflowSettings settings;
    private final @Nullable TableWork tables;
    private final Consumer<String> schedule;

    /**
     * @param tables that are served; null for none
     * @param schedule has an instance carried on, by its id
     */
    Submissions(
            Catalog catalog,
            Bucket bucket,
            Ledger ledger,
            WorkflowSettings settings,
            @Nullable TableWork tables,
            Consumer<String> schedule) {
        this.catalog = catalog;
        this.bucket = bucket;
        this.ledger = ledger;
        this.settings = settings;
        this.tables = tables;
        this.schedule = schedule;
    }

    Submission submit(CompactionRequest request) {
        if (ledger.isFull()) {
            return full(); // Before the catalog is asked.
        }
        Optional<Dataset> dataset = catalog.find(request.datasetId());
        String key = request.key();
        String known = dataset.map(Dataset::key).orElse(null);
        if (known != null) {
            if (key != null && !key.equals(known)) {
                return new Submission.Conflict("the catalog has another key for this dataset; leave bucketKey out");
            }
            key = known;
        }
        if (key == null && dataset.isPresent()) {
            throw new InvalidField("bucketKey", "is required: the catalog does not hold keys");
        }
        if (key != null && TableName.isOne(key)) {
            return submit(TableJob.of(request, key, settings.defaults()));
        }
        if (key != null) {
            requireKey(key);
        }
        return create(
                request.instanceId(), request.datasetId(), key, request.terms().toJson(), request.callbackUrl());
    }

    Submission submit(MergeRequest request) {
        try {
            request.requireSafe(bucket);
        } catch (InvalidKey e) {
            throw new InvalidField(request.prefix() == null ? "bucketKeys" : "prefix", String.valueOf(e.getMessage()));
        }
        return create(request.instanceId(), "", request.target(), request.json(), request.callbackUrl());
    }

    Submission submit(TableJob job) {
        LackingTables.require(tables).require(job);
        String known = job.datasetId().isEmpty()
                ? null
                : catalog.find(job.datasetId()).map(Dataset::key).orElse(null);
        if (known != null && !known.equals(job.table())) {
            return new Submission.Conflict("the catalog has another key for this dataset; leave table out");
        }
        return create(job.instanceId(), job.datasetId(), job.table(), job.json(), job.callbackUrl());
    }

    private Submission create(
            @Nullable String instanceId,
            String datasetId,
            @Nullable String key,
            JsonNode json,
            @Nullable String callbackUrl) {
        Optional<Ledger.Created> created;
        try {
            created = ledger.create(instanceId, datasetId, key, json, callbackUrl);
        } catch (QueueFull e) {
            return full();
        }
        if (created.isEmpty()) {
            return new Submission.Conflict("an instance of this id exists");
        }
        if (!created.get().isNew() && !created.get().instance().serves(json)) {
            return new Submission.Conflict(
                    "instance " + created.get().instance().id()
                            + " is queued for the same object and does something else; try again when it has begun");
        }
        String id = created.get().instance().id();
        schedule.accept(id);
        return new Submission.Accepted(id, created.get().isNew());
    }

    private Submission full() {
        return new Submission.Busy(settings.mostQueued() + " instances are queued already");
    }

    /** @throws InvalidField if it cannot be an object of the bucket */
    void requireKey(String key) {
        try {
            bucket.requireSafe(key);
        } catch (InvalidKey e) {
            throw new InvalidField("bucketKey", String.valueOf(e.getMessage()));
        }
    }

    /** @throws InvalidField if the server serves no such table */
    void requireTable(String name) {
        LackingTables.require(tables).require(TableJob.read(Json.object().put("table", name), settings.defaults()));
    }
}
