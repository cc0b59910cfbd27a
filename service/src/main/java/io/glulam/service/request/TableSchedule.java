package io.glulam.service.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * When a table is compacted without a request.
 *
 * @param job what is done
 * @param every length of the intervals, counted from 1970-01-01T00:00:00Z; each has one instance
 */
public record TableSchedule(TableJob job, Duration every) {
    private static final int DIGEST_CHARACTERS = 16;

    /** Returns the id of the instance of an interval, which is the same in every server and after a restart. */
    public String instanceId(Instant now) {
        long interval = now.toEpochMilli() / every.toMillis();
        String what =
                job.table() + "\n" + job.where() + "\n" + every + (job.branch() == null ? "" : "\n" + job.branch());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return "scheduled-" + HexFormat.of().formatHex(digest).substring(0, DIGEST_CHARACTERS) + "-" + interval;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
