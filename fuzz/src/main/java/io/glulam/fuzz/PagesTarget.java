package io.glulam.fuzz;

import io.glulam.decode.BatchDigest;
import io.glulam.decode.BatchReader;
import io.glulam.decode.ByteSlice;
import io.glulam.decode.ColumnBatch;
import io.glulam.decode.TripletReader;
import io.glulam.error.GlulamException;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Page bodies in any encoding: levels and values end in a refusal, or in as many triplets as both readers find. */
public final class PagesTarget {
    private static final int MAX_VALUES = 400;
    private static final PhysicalType[] TYPES = PhysicalType.values();

    private PagesTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        Leaf leaf = leaf(draws);
        List<PageStream.Page> pages = pages(draws);
        long batched = batches(leaf, pages);
        long single = triplets(leaf, pages);
        if (batched != single) {
            throw new Mismatch("batches of " + batched + " values, triplets of " + single);
        }
    }

    static Leaf leaf(Random draws) {
        PhysicalType type = TYPES[draws.nextInt(TYPES.length)];
        int length = type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? 1 + draws.nextInt(12) : 0;
        int repetition = draws.nextInt(3);
        return new Leaf(0, List.of("x"), type, length, repetition, repetition + draws.nextInt(3), SortOrder.NONE);
    }

    private static List<PageStream.Page> pages(Draws draws) {
        List<PageStream.Page> pages = new ArrayList<>();
        boolean dictionary = draws.nextInt(3) == 0;
        int count = 1 + draws.nextInt(3);
        int[] lengths = new int[count + 1];
        int[] values = new int[count + 1];
        int[] encodings = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            lengths[i] = draws.nextInt(256);
            values[i] = draws.nextInt(MAX_VALUES);
            encodings[i] = draws.nextInt(11);
        }
        byte[] rest = draws.rest();
        int at = 0;
        for (int i = dictionary ? 0 : 1; i <= count; i++) {
            int length = i == count ? rest.length - at : Math.min(lengths[i], rest.length - at);
            PageHeader header = i == 0
                    ? PageHeader.dictionaryPage(length, length, values[i], Encoding.PLAIN.value())
                    : PageHeader.dataPage(length, length, values[i], encodings[i]);
            pages.add(new PageStream.Page(header, rest, at, length, at));
            at += length;
        }
        return pages;
    }

    /** Values that were read; -1 if the pages were refused. */
    private static long batches(Leaf leaf, List<PageStream.Page> pages) {
        long count = 0;
        try (BatchReader reader = new BatchReader(leaf, new Stream(pages), null)) {
            ColumnBatch batch = new ColumnBatch(leaf);
            BatchDigest digest = new BatchDigest(leaf);
            while (reader.next(batch)) {
                digest.add(batch);
                count += batch.count();
            }
            return count;
        } catch (GlulamException refused) {
            return -1;
        }
    }

    private static long triplets(Leaf leaf, List<PageStream.Page> pages) {
        long count = 0;
        try (TripletReader reader = new TripletReader(leaf, new Stream(pages), null)) {
            while (reader.next()) {
                count++;
                if (!reader.isNull() && ColumnBatch.holdsBytes(leaf.type())) {
                    requireWhole(reader.bytes());
                } else if (!reader.isNull()) {
                    reader.bits();
                }
            }
            return count;
        } catch (GlulamException refused) {
            return -1;
        }
    }

    private static void requireWhole(ByteSlice value) {
        if (value.toByteArray().length != value.length()) {
            throw new Mismatch("a value of another length than it says");
        }
    }

    private static final class Stream implements PageStream {
        private final List<Page> pages;
        private int next;

        Stream(List<Page> pages) {
            this.pages = pages;
        }

        @Override
        public @Nullable Page next() {
            return next < pages.size() ? pages.get(next++) : null;
        }

        @Override
        public void close() {}
    }
}
