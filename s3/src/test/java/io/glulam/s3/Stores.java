package io.glulam.s3;

import io.glulam.s3.client.Bucket;
import io.glulam.s3.client.Endpoint;
import io.glulam.s3.client.RetryPolicy;
import io.glulam.s3.credentials.CredentialSource;
import io.glulam.s3.credentials.Credentials;
import io.glulam.storage.PartLimits;
import io.glulam.storage.StoreCapabilities;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.net.URI;
import java.time.Duration;

/** Our stores in front of servers on this machine. */
final class Stores {
    /** Retries at once. It waits a minute for an answer, because the machine may be busy with other processes. */
    private static final RetryPolicy QUICK = retries(Duration.ofMinutes(1));

    /** Gives a silent store up soon, so that its silence takes little time. A busy machine may look like one. */
    private static final RetryPolicy HURRIED = retries(Duration.ofMillis(400));

    private Stores() {}

    private static RetryPolicy retries(Duration stall) {
        return new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(5), stall, stall);
    }

    /** In front of a strict store, with what its rules allow. */
    static S3Store over(StrictStore server, StoreRules rules) {
        return over(server.endpoint(), StrictStore.BUCKET, capabilities(rules), QUICK);
    }

    /** The same, which reads so much of an object's end first. */
    static S3Store over(StrictStore server, StoreRules rules, int tailBytes) {
        return over(server.endpoint(), rules, tailBytes);
    }

    /** The same by its endpoint. */
    static S3Store over(URI endpoint, StoreRules rules, int tailBytes) {
        return over(endpoint, rules, tailBytes, QUICK);
    }

    /** The same, for a store that is silent at times. */
    static S3Store overHurriedly(StrictStore server, StoreRules rules, int tailBytes) {
        return over(server.endpoint(), rules, tailBytes, HURRIED);
    }

    private static S3Store over(URI endpoint, StoreRules rules, int tailBytes, RetryPolicy retries) {
        return new S3Store(bucket(endpoint, StrictStore.BUCKET, retries), capabilities(rules), tailBytes);
    }

    /** For large objects, which take a store a while. */
    static S3Store overPatiently(StrictStore server, StoreRules rules) {
        return over(server.endpoint(), StrictStore.BUCKET, capabilities(rules), RetryPolicy.DEFAULT);
    }

    static S3Store over(URI endpoint, String bucket, StoreCapabilities capabilities, RetryPolicy retries) {
        return new S3Store(bucket(endpoint, bucket, retries), capabilities);
    }

    private static Bucket bucket(URI endpoint, String bucket, RetryPolicy retries) {
        return new Bucket(
                new Endpoint(endpoint, "us-east-1", true),
                CredentialSource.of(Credentials.of("AK", "SK")),
                retries,
                "s3",
                bucket);
    }

    static StoreCapabilities capabilities(StoreRules rules) {
        return new StoreCapabilities(
                true,
                new PartLimits(
                        rules.smallestPart(),
                        5L << 30,
                        rules.mostParts(),
                        rules.uniformParts(),
                        rules.partCopy(),
                        rules.smallestCopySource()),
                rules.conditionalSource(),
                rules.conditionalPublish(),
                rules.suffixRanges(),
                // Where parts are small, so that small objects have many, requests take as much less time.
                rules.smallestPart() * StoreCapabilities.USUAL_REQUEST_BYTES / StoreRules.S3.smallestPart());
    }
}
