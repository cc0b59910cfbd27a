package io.glulam.fuzz;

import io.glulam.error.GlulamException;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.BloomFilterMerger;
import io.glulam.statistics.BloomFilterResult;
import java.util.Arrays;
import org.apache.parquet.format.Util;

/** Bloom filters: refused, or united without losing a value. */
public final class BloomFilterTarget {
    private static final int MAX_BYTES = 1 << 12;

    private BloomFilterTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        int distinct = 1 + draws.nextInt(200);
        long[] hashes = new long[1 + draws.nextInt(50)];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = draws.nextLong();
        }
        BloomFilter own = BloomFilter.sizedFor(distinct, MAX_BYTES);
        Arrays.stream(hashes).forEach(own::insert);
        byte[] foreign = draws.rest();
        BloomFilterMerger merger = new BloomFilterMerger();
        merger.addSerialized(own.toByteArray(), 0);
        merger.addSerialized(foreign, 0);
        requireAll(merger.merged(), hashes);
        Forms.check(foreign, BloomFilterTarget::header);
        try {
            BloomFilter parsed = BloomFilter.parse(foreign, 0, foreign.length, 0);
            byte[] written = parsed.toByteArray();
            if (!Arrays.equals(BloomFilter.parse(written, 0, written.length, 0).toByteArray(), written)) {
                throw new Mismatch("another bloom filter when written and read again");
            }
        } catch (GlulamException refused) {
            return;
        }
    }

    static boolean header(byte[] filter) {
        BloomFilterHeader header;
        try {
            header = BloomFilterHeader.parse(filter, 0, filter.length, 0);
        } catch (GlulamException refused) {
            return false;
        }
        var reference = Reference.read(filter, Util::readBloomFilterHeader);
        if (reference != null) {
            ReferenceIndexes.compare(header, reference);
        }
        return reference != null;
    }

    private static void requireAll(BloomFilterResult result, long[] hashes) {
        BloomFilter filter = result.filter();
        if (filter != null && !Arrays.stream(hashes).allMatch(filter::mightContain)) {
            throw new Mismatch("a united bloom filter lacks a value of a part");
        }
    }
}
