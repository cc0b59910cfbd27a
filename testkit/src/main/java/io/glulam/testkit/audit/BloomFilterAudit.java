package io.glulam.testkit.audit;

import io.glulam.testkit.lint.ChunkFacts;
import io.glulam.testkit.lint.Findings;
import io.glulam.testkit.lint.XxHash64;
import io.glulam.testkit.read.ParquetFile.BloomFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Set;
import org.apache.parquet.format.BloomFilterHeader;

/** The bloom filter of a merged chunk: every bit of a filter made anew from the values is set in it. */
final class BloomFilterAudit {
    private static final int BLOCK = 32;

    private static final int[] SALT = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    private final ChunkFacts chunk;
    private final Coverage coverage;
    private final Findings findings;

    BloomFilterAudit(ChunkFacts chunk, Coverage coverage, Findings findings) {
        this.chunk = chunk;
        this.coverage = coverage;
        this.findings = findings;
    }

    void check(Set<ByteBuffer> distinct) {
        chunk.file().bloomFilter(chunk.rowGroup(), chunk.leaf().index()).ifPresent(filter -> check(filter, distinct));
    }

    private void check(BloomFilter filter, Set<ByteBuffer> distinct) {
        coverage.add(filter.offset(), filter.end(), "a bloom filter");
        findings.errorUnlessEqual(
                "bloom_filter_length", (long) chunk.claims().getBloom_filter_length(), filter.end() - filter.offset());
        BloomFilterHeader header = filter.header();
        findings.errorUnless(header.getAlgorithm().isSetBLOCK(), "bloom filter: unknown algorithm");
        findings.errorUnless(header.getHash().isSetXXHASH(), "bloom filter: unknown hash");
        findings.errorUnless(header.getCompression().isSetUNCOMPRESSED(), "bloom filter: unknown compression");
        if (filter.bits().length == 0 || filter.bits().length % BLOCK != 0) {
            findings.error("bloom filter of " + filter.bits().length + " bytes");
            return;
        }
        byte[] expected = new byte[filter.bits().length];
        IntBuffer words =
                ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        distinct.forEach(value -> insert(words, XxHash64.hash(value.array())));
        int missing = 0;
        for (int i = 0; i < expected.length; i++) {
            missing += Integer.bitCount(expected[i] & ~filter.bits()[i] & 0xff);
        }
        findings.errorUnless(missing == 0, "bloom filter lacks " + missing + " bits of its values");
    }

    private static void insert(IntBuffer words, long hash) {
        int block = (int) ((hash >>> 32) * (words.capacity() / 8) >>> 32);
        for (int i = 0; i < 8; i++) {
            int at = 8 * block + i;
            words.put(at, words.get(at) | 1 << ((int) hash * SALT[i] >>> 27));
        }
    }
}
