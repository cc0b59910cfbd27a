package io.glulam.service.workflow;

import io.glulam.service.bucket.Bucket;
import io.glulam.service.ledger.Intent;
import io.glulam.storage.ObjectFacts;
import org.jspecify.annotations.Nullable;

/** Finds the object that a run was about to publish before it died. */
final class PublishedIntent {
    private PublishedIntent() {}

    /** Returns the object that an earlier run has published; null if it has not, or if another object has the key now. */
    static @Nullable ObjectFacts find(Bucket bucket, Intent intent) {
        @Nullable ObjectFacts head = bucket.find(intent.key()).orElse(null);
        if (head == null) {
            return null;
        }
        boolean sameVersion =
                !intent.expectedVersion().isEmpty() && intent.expectedVersion().equals(head.version());
        boolean sameMark = intent.expectedVersion().isEmpty() && intent.mark().equals(head.mark());
        return sameVersion || sameMark ? head : null;
    }
}
