package io.glulam.service.worth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.FileShape;
import io.glulam.Inspection;
import io.glulam.service.json.Json;

/**
 * Requests and bytes of typical reads of an object in a bucket, computed from its layout: every reader asks for the
 * footer once, then per row group for what it needs, in requests of at most 8 MiB. Columns count as equally large.
 *
 * @param fullScan everything
 * @param oneColumn one column of all row groups
 * @param pointLookup one column of the one row group that statistics leave over; with page indexes, one page of it
 */
public record Reads(Read fullScan, Read oneColumn, Read pointLookup) {
    private static final long MAX_REQUEST_BYTES = 8L << 20;
    private static final long PAGE_BYTES = 1L << 20;

    /**
     * One kind of read.
     *
     * @param requests that it takes
     * @param bytes that it fetches
     */
    public record Read(long requests, long bytes) {
        JsonNode toJson() {
            ObjectNode json = Json.object();
            json.put("requests", requests);
            json.put("bytes", bytes);
            return json;
        }
    }

    /** Estimates the reads of an object from its layout. */
    public static Reads of(Inspection object) {
        FileShape shape = object.shape();
        int columns = Math.max(1, shape.columns());
        long scanRequests = 1;
        long columnRequests = 1;
        for (long group : shape.rowGroupSizes()) {
            scanRequests += requests(group);
            columnRequests += requests(group / columns);
        }
        int groups = Math.max(1, shape.rowGroups());
        long chunk = shape.rowGroupBytes() / groups / columns;
        Read lookup = object.pageIndexes()
                ? new Read(3, shape.footerBytes() + Math.min(chunk, PAGE_BYTES))
                : new Read(1 + requests(chunk), shape.footerBytes() + chunk);
        return new Reads(
                new Read(scanRequests, shape.footerBytes() + shape.rowGroupBytes()),
                new Read(columnRequests, shape.footerBytes() + shape.rowGroupBytes() / columns),
                lookup);
    }

    private static long requests(long bytes) {
        return Math.max(1, (bytes + MAX_REQUEST_BYTES - 1) / MAX_REQUEST_BYTES);
    }

    /** Reads what {@link #toJson} wrote. */
    public static Reads fromJson(JsonNode json) {
        return new Reads(read(json.path("fullScan")), read(json.path("oneColumn")), read(json.path("pointLookup")));
    }

    private static Read read(JsonNode json) {
        return new Read(json.path("requests").longValue(), json.path("bytes").longValue());
    }

    /** Returns the reads as the API shows them. */
    public JsonNode toJson() {
        ObjectNode json = Json.object();
        json.set("fullScan", fullScan.toJson());
        json.set("oneColumn", oneColumn.toJson());
        json.set("pointLookup", pointLookup.toJson());
        return json;
    }
}
