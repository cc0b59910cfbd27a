package io.glulam.recode;

import io.glulam.decode.ByteSlice;
import io.glulam.decode.TripletReader;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.EncodedPage;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageEncoder;
import io.glulam.page.PageForm;
import io.glulam.page.PageStream;
import io.glulam.page.codec.PageCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Encodes windows of a column in every way that is considered, with the real encoders and codec, so that a policy can
 * choose. Deterministic: no time is measured. Memory: one page of the source and of each encoding, the distinct values
 * of all windows, an index per value. Not thread-safe.
 *
 * <p>Use: {@link #addWindow} for each window in source order, then the sizes with dictionary; {@link #close} in any
 * case.
 */
public final class SampleEncoder implements AutoCloseable {
    private final Leaf leaf;
    private final PageForm form;
    private final List<Encoding> encodings;
    private final int pageBytes;
    private final int pageRows;
    private final PageCodec codec;
    private final PageEncoder encoder;
    private final Map<ByteBuffer, Integer> dictionary = new HashMap<>();
    private final ByteArrayBuilder plain = new ByteArrayBuilder(1 << 10);
    private final List<SampleWindow> windows = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();

    /** What is left of a window: levels and indices. */
    private static final class Kept {
        private final ByteArrayBuilder repetition = new ByteArrayBuilder(16);
        private final ByteArrayBuilder definition = new ByteArrayBuilder(16);
        private int[] indices = new int[0];
        private int values;
        private int nulls;
        private int rows;
    }

    /**
     * For a column.
     *
     * @param form in which pages would be written; decides version, codec and level
     * @param encodings to be measured, without dictionary ones: those that the column's type has
     * @param pageBytes as in {@link RecodeSettings}
     * @param pageRows as in {@link RecodeSettings}
     */
    public SampleEncoder(Leaf leaf, PageForm form, Collection<Encoding> encodings, int pageBytes, int pageRows) {
        this.leaf = leaf;
        this.form = form;
        this.encodings = List.copyOf(encodings);
        this.pageBytes = pageBytes;
        this.pageRows = pageRows;
        this.codec = form.newCodec();
        this.encoder = new PageEncoder(leaf, codec, form);
    }

    /** Whether values of that type can be encoded so, without dictionary. */
    public static boolean isEncodable(PhysicalType type, Encoding encoding) {
        return switch (encoding) {
            case PLAIN -> true;
            case RLE -> type == PhysicalType.BOOLEAN;
            case DELTA_BINARY_PACKED -> type == PhysicalType.INT32 || type == PhysicalType.INT64;
            case DELTA_LENGTH_BYTE_ARRAY -> type == PhysicalType.BYTE_ARRAY;
            case DELTA_BYTE_ARRAY -> type == PhysicalType.BYTE_ARRAY || type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
            case BYTE_STREAM_SPLIT ->
                type == PhysicalType.INT32
                        || type == PhysicalType.INT64
                        || type == PhysicalType.FLOAT
                        || type == PhysicalType.DOUBLE
                        || type == PhysicalType.FIXED_LEN_BYTE_ARRAY;
            case PLAIN_DICTIONARY, RLE_DICTIONARY, BIT_PACKED -> false;
        };
    }

    /**
     * Takes a window of whole rows and encodes it.
     *
     * @param pages a dictionary page where needed and the data pages that hold the window, of one column chunk or of
     *     several in a row; closed at the end
     * @param createdBy the writer of the file; null if unknown
     * @param skip values, nulls included, to be passed over in front; goes on to the next row's first
     * @param count most values, nulls included; but at least one row is taken
     * @throws io.glulam.error.CorruptFile if pages cannot be decoded
     * @throws io.glulam.error.Unsupported if they are in an encoding that this version does not know
     */
    public SampleWindow addWindow(PageStream pages, @Nullable String createdBy, long skip, int count) {
        Map<Encoding, EncodedSize> sizes = new EnumMap<>(Encoding.class);
        Map<Encoding, PageAssembler> assemblers = new EnumMap<>(Encoding.class);
        for (Encoding encoding : encodings) {
            RecodeSettings settings = new RecodeSettings(form.version(), encoding, null, 0, pageBytes, pageRows);
            assemblers.put(encoding, new PageAssembler(leaf, settings, summing(encoding, sizes)));
        }
        Kept window = new Kept();
        int before = dictionary.size();
        Set<Integer> seen = new HashSet<>();
        long plainBytes = 0;
        List<Integer> indices = new ArrayList<>();
        List<Integer> repetition = new ArrayList<>();
        List<Integer> definition = new ArrayList<>();
        boolean bytes = io.glulam.decode.ColumnBatch.holdsBytes(leaf.type());
        long passed = 0;
        boolean started = false;
        try (TripletReader triplets = new TripletReader(leaf, pages, createdBy)) {
            while (triplets.next()) {
                if (!started && (passed++ < skip || triplets.repetitionLevel() != 0)) {
                    continue;
                }
                started = true;
                if (triplets.repetitionLevel() == 0) {
                    if (window.values >= count) {
                        break;
                    }
                    window.rows++;
                }
                window.values++;
                repetition.add(triplets.repetitionLevel());
                definition.add(triplets.definitionLevel());
                for (PageAssembler assembler : assemblers.values()) {
                    assembler.startTriplet(triplets.repetitionLevel(), triplets.definitionLevel());
                }
                if (triplets.isNull()) {
                    window.nulls++;
                    continue;
                }
                byte[] value;
                if (bytes) {
                    ByteSlice slice = triplets.bytes();
                    assemblers.values().forEach(assembler -> assembler.write(slice));
                    value = slice.toByteArray();
                } else {
                    long bits = triplets.bits();
                    assemblers.values().forEach(assembler -> assembler.write(bits));
                    value = new byte[Math.max(1, leaf.valueWidth())];
                    for (int i = 0; i < value.length; i++) {
                        value[i] = (byte) (bits >>> (8 * i));
                    }
                }
                plainBytes += leaf.valueWidth() < 0 ? value.length + 4 : value.length;
                int index = index(value);
                seen.add(index);
                indices.add(index);
            }
        }
        assemblers.values().forEach(PageAssembler::finish);
        window.indices = indices.stream().mapToInt(Integer::intValue).toArray();
        encodeLevels(repetition, leaf.maxRepetitionLevel(), window.repetition);
        encodeLevels(definition, leaf.maxDefinitionLevel(), window.definition);
        kept.add(window);
        SampleWindow facts = new SampleWindow(
                window.values, window.nulls, window.rows, plainBytes, seen.size(), dictionary.size() - before, sizes);
        windows.add(facts);
        return facts;
    }

    private static void encodeLevels(List<Integer> levels, int max, ByteArrayBuilder out) {
        int[] all = levels.stream().mapToInt(Integer::intValue).toArray();
        HybridEncoder.encode(all, 0, all.length, BitWidth.of(max), out);
    }

    private int index(byte[] value) {
        Integer known = dictionary.putIfAbsent(ByteBuffer.wrap(value), dictionary.size());
        if (known != null) {
            return known;
        }
        if (leaf.valueWidth() < 0) {
            plain.appendInt(value.length);
        }
        plain.append(value, 0, value.length);
        return dictionary.size() - 1;
    }

    private PageSink summing(Encoding encoding, Map<Encoding, EncodedSize> sizes) {
        sizes.put(encoding, EncodedSize.NONE);
        return new PageSink() {
            @Override
            public void dataPage(RecodedPage page) {
                EncodedPage made = encoder.dataPage(
                        page.encoding().value(),
                        page.valueCount(),
                        page.rowCount(),
                        page.nullCount(),
                        page.body(),
                        page.length(),
                        page.repetitionLevelBytes(),
                        page.definitionLevelBytes());
                sizes.merge(encoding, sizeOf(made), EncodedSize::plus);
            }

            @Override
            public void dictionary(int entryCount, byte[] entries, int length, Encoding pageEncoding) {
                throw new IllegalStateException("no dictionary was asked for");
            }
        };
    }

    private static EncodedSize sizeOf(EncodedPage page) {
        return new EncodedSize(page.headerLength() + (long) page.header().uncompressedSize(), page.length());
    }

    /** The windows added, in order. */
    public List<SampleWindow> windows() {
        return List.copyOf(windows);
    }

    /**
     * Data pages of a window as indices into a dictionary of up to 2^{@code bitWidth} entries, without the dictionary.
     *
     * @param window its number, from 0
     * @param bitWidth bits of an index; those that the windows' own distinct values need, at least
     */
    public EncodedSize indexPages(int window, int bitWidth) {
        Kept values = kept.get(window);
        ByteArrayBuilder indices = new ByteArrayBuilder(1 << 10);
        indices.append(bitWidth);
        HybridEncoder.encode(values.indices, 0, values.indices.length, bitWidth, indices);
        return sizeOf(encoder.dataPage(
                Encoding.RLE_DICTIONARY.value(),
                values.values,
                values.rows,
                values.nulls,
                values.repetition,
                values.definition,
                indices));
    }

    /** Different values in all windows. */
    public int distinct() {
        return dictionary.size();
    }

    /** Bytes of the different values of all windows, in encoding PLAIN. */
    public long distinctBytes() {
        return plain.size();
    }

    /** The dictionary page that would hold the different values of all windows. */
    public EncodedSize dictionaryPage() {
        return sizeOf(encoder.dictionaryPage(plain.array(), plain.size(), dictionary.size(), Encoding.PLAIN.value()));
    }

    @Override
    public void close() {
        codec.close();
    }
}
