package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.ChunkScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;

/** Bloom filters, dictionaries and footer entries that tell otherwise than the pages. */
final class AidContradictions {
    private final ContradictionList list;

    private AidContradictions(ContradictionList list) {
        this.list = list;
    }

    /** Adds all of them. */
    static void addTo(ContradictionList list) {
        AidContradictions contradictions = new AidContradictions(list);
        contradictions.aids();
    }

    private void aids() {
        list.add(
                "bloom filter: of no value",
                (chunk, random) -> chunk.bloomFilter(64).tamperBloomFilter(bytes -> {
                    byte[] empty = bytes.clone();
                    Arrays.fill(empty, empty.length - 64, empty.length, (byte) 0);
                    return empty;
                }));
        list.add(
                "bloom filter: a header of more bytes",
                (chunk, random) -> chunk.bloomFilter(64).tamperBloomFilter(bytes -> {
                    byte[] longer = bytes.clone();
                    longer[1] = (byte) 0xc0; // Of 96 bytes, where there are 64.
                    return longer;
                }));
        list.entry("bloom filter: another place", (entry, random) -> {
            if (entry.isSetBloom_filter_offset()) {
                entry.setBloom_filter_offset(entry.getBloom_filter_offset() + random.nextInt(65) - 32);
            }
        });
        list.entry(
                "bloom filter: another length",
                (entry, random) -> entry.setBloom_filter_length(entry.getBloom_filter_length() + 32));
        list.entry(
                "entry: all pages have a dictionary",
                (entry, random) -> entry.setEncodings(new ArrayList<>(List.of(Encoding.RLE, Encoding.RLE_DICTIONARY)))
                        .setEncoding_stats(new ArrayList<>(List.of(
                                new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1),
                                new PageEncodingStats(PageType.DATA_PAGE, Encoding.RLE_DICTIONARY, 3)))));
        list.entry("entry: a value too many", (entry, random) -> entry.setNum_values(entry.getNum_values() + 1));
        list.entry("entry: a value too few", (entry, random) -> entry.setNum_values(entry.getNum_values() - 1));
        list.entry(
                "entry: a size that is a few bytes off",
                (entry, random) ->
                        entry.setTotal_compressed_size(entry.getTotal_compressed_size() + random.nextInt(61) - 30));
        list.entry("entry: another uncompressed size", (entry, random) -> entry.setTotal_uncompressed_size(7));
        list.add(
                "dictionary: an entry too few",
                (chunk, random) -> chunk.tamperDictionaryHeader(header -> header.getDictionary_page_header()
                        .setNum_values(header.getDictionary_page_header().getNum_values() - 1)));
        list.add(
                "dictionary: an entry too many",
                (chunk, random) -> chunk.tamperDictionaryHeader(header -> header.getDictionary_page_header()
                        .setNum_values(header.getDictionary_page_header().getNum_values() + 1)));
        list.add(
                "dictionary: sorted",
                (chunk, random) -> chunk.tamperDictionaryHeader(
                        header -> header.getDictionary_page_header().setIs_sorted(true)));
        list.add("offsets", (chunk, random) -> {
            ChunkScript.Offsets[] all = ChunkScript.Offsets.values();
            chunk.offsets(all[random.nextInt(all.length)]);
        });
    }
}
