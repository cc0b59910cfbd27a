package io.glulam.service.workflow;

import io.glulam.service.bucket.Bucket;
import io.glulam.service.ledger.Intent;
import io.glulam.storage.ObjectFacts;
import org.jspecify.annotations.Nullable;

/** Tells whether a run that died has published what it was about to. */
final class PublishedIntent {
    private PublishedIntent() {}

    /** Returns the object that an earlier run has published; null if it did not, or another one is there by now. */
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
