package io.glulam.service.workflow;

import io.glulam.error.GlulamException;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Refusals;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.InvalidField;
import io.glulam.service.table.TableName;
import io.glulam.storage.ObjectFacts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues flagged datasets, except tables, which have schedules. A refused object is not queued again until it changes.
 */
final class Poller {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final int PAGE = 200;

    private final Catalog catalog;
    private final Bucket bucket;
    private final Ledger ledger;
    private final Refusals refusals;
    private final Workflow workflow;

    Poller(Catalog catalog, Bucket bucket, Ledger ledger, Refusals refusals, Workflow workflow) {
        this.catalog = catalog;
        this.bucket = bucket;
        this.ledger = ledger;
        this.refusals = refusals;
        this.workflow = workflow;
    }

    /** Looks through all flagged datasets once. */
    void poll() {
        try {
            String after = "";
            List<Dataset> page;
            do {
                page = catalog.list(after, true, PAGE);
                for (Dataset dataset : page) {
                    if (!pickUp(dataset)) {
                        return;
                    }
                    after = dataset.id();
                }
            } while (page.size() == PAGE);
        } catch (RuntimeException e) {
            LOG.warn("flagged datasets cannot be picked up: {}", e.getMessage());
        }
    }

    /** Queues a dataset unless there is nothing to do; returns whether the queue has room for more. */
    private boolean pickUp(Dataset dataset) {
        String key = dataset.key();
        if (key == null || TableName.isOne(key) || ledger.isActive(key) || isRefused(key)) {
            return true;
        }
        CompactionRequest.Terms terms = CompactionRequest.terms(Json.object(), workflow.defaults());
        try {
            return !(workflow.submit(new CompactionRequest(dataset.id(), key, null, terms, null))
                    instanceof Workflow.Submission.Busy);
        } catch (InvalidField invalid) {
            LOG.warn("dataset {} cannot be picked up: {}", dataset.id(), invalid.getMessage());
            return true;
        }
    }

    private boolean isRefused(String key) {
        if (!refusals.isKnown(key)) {
            return false;
        }
        try {
            return refusals.holds(
                    key, bucket.find(key).map(ObjectFacts::version).orElse(Refusals.MISSING));
        } catch (GlulamException | InvalidKey e) {
            return true;
        }
    }
}
