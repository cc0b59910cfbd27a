package io.glulam.recode;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.decode.BatchDigest;
import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.decode.ListPageStream;
import io.glulam.decode.OpenedFile;
import io.glulam.decode.TripletCollector;
import io.glulam.error.GlulamException;
import io.glulam.format.Leaf;
import io.glulam.page.PageStream;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.read.Triplets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that are not what was read are found out: the digest of recoded pages matches only if every triplet does. */
@Tag("once")
class DamagedPagesTest {
    @TempDir
    private Path folder;

    static LongStream seeds() {
        return Seeds.stream();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theDigestMatchesOnlyTheSameTriplets(long seed) throws IOException {
        Path path = folder.resolve("source.parquet");
        ParquetJavaFiles.write(FileRecipe.any(seed), path);
        Random random = new Random(seed);
        try (OpenedFile file = OpenedFile.open(path)) {
            for (Leaf leaf : file.leaves()) {
                MemorySink sink = new MemorySink();
                RecodeSettings settings = GeneratedRecodingTest.anySettings(leaf, random);
                ColumnRecoder recoder = new ColumnRecoder(leaf, settings, sink);
                for (int rowGroup = 0; rowGroup < file.footer().rowGroupCount(); rowGroup++) {
                    recoder.add(
                            file.pages(rowGroup, leaf.index()),
                            file.footer().createdBy(),
                            file.footer().rows(rowGroup));
                }
                recoder.finish();
                List<PageStream.Page> pages = sink.pages();
                String what = "seed " + seed + ", column " + leaf.name() + ", " + settings;
                assertThat(recoder.digest().matches(digest(leaf, pages)))
                        .as(what)
                        .isTrue();
                Triplets expected = TripletCollector.read(leaf, new ListPageStream(pages), null);
                for (int i = 0; i < 40; i++) {
                    List<PageStream.Page> damaged = damage(pages, random);
                    Triplets found = triplets(leaf, damaged);
                    assertThat(found != null && recoder.digest().matches(digest(leaf, damaged)))
                            .as(what + ", damage " + i)
                            .isEqualTo(found != null && found.sameAs(expected));
                }
            }
        }
    }

    private static @Nullable Triplets triplets(Leaf leaf, List<PageStream.Page> pages) {
        try {
            return TripletCollector.read(leaf, new ListPageStream(pages), null);
        } catch (GlulamException undecodable) {
            return null;
        }
    }

    private static BatchDigest digest(Leaf leaf, List<PageStream.Page> pages) {
        BatchDigest digest = new BatchDigest(leaf);
        ColumnBatch batch = new ColumnBatch(leaf);
        try (BatchReader reader = new BatchReader(leaf, new ListPageStream(pages), null)) {
            while (reader.next(batch)) {
                digest.add(batch);
            }
        }
        return digest;
    }

    private static List<PageStream.Page> damage(List<PageStream.Page> pages, Random random) {
        List<PageStream.Page> damaged = new ArrayList<>(pages);
        int at = random.nextInt(pages.size());
        switch (random.nextInt(5)) {
            case 0 -> damaged.remove(at);
            case 1 -> damaged.add(at, pages.get(at));
            case 2 -> damaged.set(random.nextInt(pages.size()), damaged.get(at));
            case 3 -> {
                damaged.set(at, pages.get(pages.size() - 1));
                damaged.set(pages.size() - 1, pages.get(at));
            }
            default -> damaged.set(at, flip(pages.get(at), random));
        }
        return damaged;
    }

    private static PageStream.Page flip(PageStream.Page page, Random random) {
        byte[] body = page.body().clone();
        for (int flips = 1 + random.nextInt(3); flips > 0 && page.length() > 0; flips--) {
            body[random.nextInt(page.length())] ^= (byte) (1 << random.nextInt(8));
        }
        return new PageStream.Page(page.header(), body, page.from(), page.length(), page.position());
    }
}
