package io.glulam.s3;

import io.glulam.storage.RequestKind.Price;
import io.glulam.storage.Traffic;

/**
 * The prices of requests by a store's public list.
 *
 * @param name whose list
 * @param writes dollars a million requests that write or list
 * @param reads dollars a million requests that read
 * @param egress dollars a GB (of 10^9 bytes) that leaves the store's network
 */
public record PriceList(String name, double writes, double reads, double egress) {
    /** Cloudflare R2, standard storage, of November 2026. */
    public static final PriceList R2 = new PriceList("R2", 4.50, 0.36, 0);

    /** Amazon S3, standard storage in us-east-1, of November 2026. */
    public static final PriceList S3 = new PriceList("S3", 5.00, 0.40, 0.09);

    /** Dollars for the requests. */
    public double requests(Traffic traffic) {
        return (traffic.count(Price.WRITE) * writes + traffic.count(Price.READ) * reads) / 1e6;
    }

    /** Dollars for what was read, if that happens outside of the store's network. */
    public double egress(Traffic traffic) {
        return traffic.downloaded() * egress / 1e9;
    }
}
