package io.glulam.testkit.lint;

import io.glulam.testkit.read.DecodedPage;
import io.glulam.testkit.read.ParquetFile.BloomFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/** A split block Bloom filter must contain every value of its chunk. */
final class BloomFilterLint {
    private static final int[] SALT = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };
    private final IntBuffer words;
    private final long blocks;
    private long missing;

    BloomFilterLint(BloomFilter filter) {
        words = ByteBuffer.wrap(filter.bits()).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        blocks = filter.bits().length / 32;
    }

    void visit(DecodedPage page) {
        for (int i = 0; i < page.values().count() && blocks > 0; i++) {
            if (!contains(XxHash64.hash(page.values().get(i)))) {
                missing++;
            }
        }
    }

    private boolean contains(long hash) {
        int block = (int) ((hash >>> 32) * blocks >>> 32);
        for (int i = 0; i < 8; i++) {
            int bit = 1 << ((int) hash * SALT[i] >>> 27);
            if ((words.get(8 * block + i) & bit) == 0) {
                return false;
            }
        }
        return true;
    }

    void report(BloomFilter filter, Findings findings) {
        int bytes = filter.header().getNumBytes();
        findings.errorUnless(missing == 0, "Bloom filter lacks " + missing + " values");
        findings.errorUnless(bytes > 0 && bytes % 32 == 0, "Bloom filter of " + bytes + " bytes");
    }
}
