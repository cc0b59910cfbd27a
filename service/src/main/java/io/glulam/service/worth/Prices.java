package io.glulam.service.worth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;

/**
 * The prices of an object, and how often it is read.
 *
 * @param readsPerMonth full scans of the object a month
 * @param perMillionReads dollars for a million reading requests
 * @param perGigabyteMonth dollars for a gigabyte (10^9 bytes) kept a month
 */
public record Prices(long readsPerMonth, double perMillionReads, double perGigabyteMonth) {
    /** R2's list prices, and 10,000 full scans a month. */
    public static final Prices R2 = new Prices(10_000, 0.36, 0.015);

    /** Returns the dollars saved a month, negative if they are a cost, and the prices. */
    public JsonNode saved(Reads before, long bytesBefore, Reads after, long bytesAfter) {
        double requests = (double) readsPerMonth
                * (before.fullScan().requests() - after.fullScan().requests())
                * perMillionReads
                / 1e6;
        double storage = (bytesBefore - bytesAfter) / 1e9 * perGigabyteMonth;
        ObjectNode json = Json.object();
        json.put("dollarsPerMonth", Math.round((requests + storage) * 1e4) / 1e4);
        json.put("readsPerMonth", readsPerMonth);
        json.put("perMillionReads", perMillionReads);
        json.put("perGigabyteMonth", perGigabyteMonth);
        return json;
    }
}
