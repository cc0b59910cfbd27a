package io.glulam.service.callback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Callbacks;
import io.glulam.service.ledger.Instance;
import io.glulam.service.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers callbacks once their instances have ended, with retries until a receiver accepts them. After a crash, a restart or a
 * lost answer a receiver may get a callback twice. Used by one thread.
 */
public final class CallbackDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackDelivery.class);
    private static final int MAX_AT_ONCE = 20;

    /** A little over two hours in all. */
    private static final int MAX_ATTEMPTS = 10;

    private final Callbacks callbacks;
    private final Ledger ledger;
    private final CallbackRules rules;
    private final CallbackSender sender;
    private final Duration firstDelay;
    private final Clock clock;

    /** @param firstDelay before the first retry; each further retry waits twice as long */
    public CallbackDelivery(
            Callbacks callbacks,
            Ledger ledger,
            CallbackRules rules,
            CallbackSender sender,
            Duration firstDelay,
            Clock clock) {
        this.callbacks = callbacks;
        this.ledger = ledger;
        this.rules = rules;
        this.sender = sender;
        this.firstDelay = firstDelay;
        this.clock = clock;
    }

    /** Makes one attempt at each that is due. */
    public void deliver() {
        try {
            for (Callbacks.Callback callback : callbacks.due(clock.instant(), MAX_AT_ONCE)) {
                if (callbacks.take(callback, clock.instant(), CallbackSender.PATIENCE.multipliedBy(3))) {
                    attempt(callback);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("callbacks cannot be delivered: {}", e.getMessage());
        }
    }

    private void attempt(Callbacks.Callback callback) throws InterruptedException {
        Optional<Instance> instance = ledger.find(callback.instanceId());
        if (instance.isEmpty()) {
            return;
        }
        try {
            URI url = rules.require(callback.url());
            int status = sender.send(url, Json.bytes(body(instance.get())), clock.instant());
            if (status / 100 == 2) {
                callbacks.attempted(callback, Callbacks.State.DELIVERED, status, null, clock.instant(), null);
                return;
            }
            failed(callback, status, status / 100 == 3 ? "redirects are not followed" : "it answered " + status);
        } catch (IOException e) {
            failed(callback, null, "no answer: " + e.getClass().getSimpleName());
        } catch (IllegalArgumentException notAllowedAnyMore) {
            failed(callback, null, "the URL " + notAllowedAnyMore.getMessage());
        }
    }

    private void failed(Callbacks.Callback callback, @Nullable Integer status, String problem) {
        int attempts = callback.attempts() + 1;
        boolean givenUp = attempts >= MAX_ATTEMPTS;
        Instant now = clock.instant();
        Instant next = now.plus(firstDelay.multipliedBy(1L << (attempts - 1)));
        callbacks.attempted(
                callback,
                givenUp ? Callbacks.State.FAILED : Callbacks.State.PENDING,
                status,
                problem,
                now,
                givenUp ? null : next);
        LOG.warn("callback of instance {} failed: {}", callback.instanceId(), problem);
    }

    /** Returns the body of a callback: the instance without its steps and pictures. */
    private static JsonNode body(Instance instance) {
        ObjectNode json = Json.object();
        json.put("id", instance.id());
        json.put("datasetId", instance.datasetId().isEmpty() ? null : instance.datasetId());
        json.put("bucketKey", instance.key());
        json.put("status", instance.status().word());
        JsonNode output = instance.output();
        if (output instanceof ObjectNode object) {
            ObjectNode told = object.deepCopy();
            told.remove("picture");
            json.set("output", told);
        } else {
            json.putNull("output");
        }
        json.set("error", instance.error() == null ? json.nullNode() : instance.error());
        json.put("endedAt", Json.time(instance.times().endedAt()));
        return json;
    }
}
