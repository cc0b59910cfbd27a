package io.glulam.fuzz;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.error.GlulamException;
import io.glulam.plan.PlanJson;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.PageInfo;
import io.glulam.testkit.read.ParquetFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;

/** First inputs of the targets that take a piece of a file or a message: cut out of {@link SeedFiles}, or written here. */
final class SeedInputs {
    private static final int MAX_OF_A_TARGET = 40;
    private static final int MAX_BYTES = 8 << 10;

    private static final List<String> ANSWERS = List.of(
            "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
                    + "<EncodingType>url</EncodingType><Contents><Key>a%20b</Key><Size>7</Size><ETag>&quot;e&quot;</ETag>"
                    + "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>",
            "<Error><Code>NoSuchKey</Code><Message>a &lt;b&gt; &#x41;</Message></Error>",
            "<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>",
            "<ListMultipartUploadsResult><Upload><Key>k</Key><UploadId>u</UploadId></Upload></ListMultipartUploadsResult>",
            "bytes 0-9/100",
            "Thu, 01 Jan 2026 00:00:00 GMT");

    private static final List<String> BODIES = List.of(
            "{\"datasetId\":\"d\",\"bucketKey\":\"a/b.parquet\"}",
            "{\"datasetId\":\"d\",\"force\":true,\"options\":{\"effort\":\"copy\",\"threshold\":\"1MiB\"},"
                    + "\"publish\":\"new-key\",\"backup\":\"PT1H\"}",
            "{\"datasetId\":\"d\",\"instanceId\":\"i-1\",\"callbackUrl\":\"https://example.com/x\"}");

    private final Path folder;
    private final Map<String, Integer> counts = new HashMap<>();

    SeedInputs(Path folder) {
        this.folder = folder;
    }

    void make(List<Path> files) throws IOException {
        for (String answer : ANSWERS) {
            keep("store-answers", new byte[3], answer.getBytes(StandardCharsets.UTF_8));
            keep("store-listings", new byte[4], answer.getBytes(StandardCharsets.UTF_8));
        }
        for (String body : BODIES) {
            keep("request-bodies", new byte[] {1}, body.getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : files) {
            plan(file);
            try (ParquetFile open = ParquetFile.openIgnoringChecksums(file)) {
                keep("footer", new byte[0], open.bytes(open.footerOffset(), open.footerLength()));
                pieces(open);
            } catch (MalformedFile e) {
                // Not every file of a corpus is whole; what was cut out so far stays.
            }
        }
    }

    private void plan(Path file) throws IOException {
        try {
            keep("plan", new byte[0], PlanJson.write(new Compactor(CompactionOptions.defaults()).plan(file)));
        } catch (GlulamException refused) {
            return;
        }
    }

    private void pieces(ParquetFile file) throws IOException {
        for (int leaf = 0;
                file.rowGroups() > 0 && leaf < Math.min(4, file.leaves().size());
                leaf++) {
            for (PageInfo page : file.pages(0, leaf).pages().stream().limit(2).toList()) {
                keep("page-header", new byte[0], file.bytes(page.offset(), page.headerSize()));
            }
            ColumnChunk chunk = file.chunk(0, leaf);
            if (chunk.isSetColumn_index_offset()) {
                keep(
                        "indexes",
                        new byte[] {1, 0, 0},
                        file.bytes(chunk.getColumn_index_offset(), chunk.getColumn_index_length()));
            }
            if (chunk.isSetOffset_index_offset()) {
                keep(
                        "indexes",
                        new byte[3],
                        file.bytes(chunk.getOffset_index_offset(), chunk.getOffset_index_length()));
            }
            var filter = file.bloomFilter(0, leaf);
            if (filter.isPresent()) {
                int length = (int) (filter.get().end() - filter.get().offset());
                keep("bloom-filter", new byte[10], file.bytes(filter.get().offset(), length));
            }
        }
    }

    /** @param draws bytes in front, which the target draws from first */
    private void keep(String target, byte[] draws, byte[] piece) throws IOException {
        int count = counts.merge(target, 1, Integer::sum);
        if (count <= MAX_OF_A_TARGET && piece.length <= MAX_BYTES) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(draws);
            out.writeBytes(piece);
            Files.createDirectories(folder.resolve(target));
            Files.write(folder.resolve(target).resolve("seed-" + count), out.toByteArray());
        }
    }
}
