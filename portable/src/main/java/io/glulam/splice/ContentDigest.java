package io.glulam.splice;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.PhysicalType;
import io.glulam.page.BitWidth;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;

/**
 * A running digest of what pages say: levels and values in order, whatever page borders, run lengths and index widths
 * they are stored with. Equal digests of the source pages and of the page made of them prove, up to the chance of a
 * collision in 64 bits each, that nothing was lost, swapped or shifted. Not thread-safe.
 */
final class ContentDigest {
    private static final int[] NO_MAPPING = new int[0];

    private final Leaf leaf;
    private long repetition;
    private long definition;
    private long runs;
    private final BytesDigest bytes = new BytesDigest();
    private long valueCount;
    private long nullCount;

    ContentDigest(Leaf leaf) {
        this.leaf = leaf;
    }

    void clear() {
        repetition = 0;
        definition = 0;
        runs = 0;
        bytes.clear();
        valueCount = 0;
        nullCount = 0;
    }

    /** Adds a page's levels. */
    void addLevels(PageHeader header, byte[] body, PageSections sections) {
        int count = header.valueCount();
        if (leaf.maxRepetitionLevel() > 0) {
            repetition = repetitionLevels(body, sections).digest(repetition, count);
        }
        if (leaf.maxDefinitionLevel() > 0) {
            definition = definitionLevels(body, sections).digest(definition, count);
        }
    }

    /** Adds the values of a page of the output, whose indices count as they are. */
    void addOutput(PageHeader header, byte[] body, PageSections sections) {
        add(header, present(header, body, sections), body, sections, NO_MAPPING, -1);
    }

    /** Adds the values of a page of the source, whose indices count as what they map to. */
    void addSource(PageHeader header, byte[] body, PageSections sections, int[] mapping, int entries) {
        add(header, present(header, body, sections), body, sections, mapping, entries);
    }

    /** Whether both saw the same content. */
    boolean matches(ContentDigest other) {
        return repetition == other.repetition
                && definition == other.definition
                && runs == other.runs
                && bytes.matches(other.bytes)
                && valueCount == other.valueCount
                && nullCount == other.nullCount;
    }

    /** The dictionary indices of a page that has any. */
    static RunReader indices(byte[] body, PageSections sections) {
        int from = sections.valuesFrom();
        return new RunReader(body, from + 1, from + sections.valuesLength(), body[from] & 0xff);
    }

    private RunReader repetitionLevels(byte[] body, PageSections sections) {
        int from = sections.repetitionFrom();
        return new RunReader(body, from, from + sections.repetitionLength(), BitWidth.of(leaf.maxRepetitionLevel()));
    }

    private RunReader definitionLevels(byte[] body, PageSections sections) {
        int from = sections.definitionFrom();
        return new RunReader(body, from, from + sections.definitionLength(), BitWidth.of(leaf.maxDefinitionLevel()));
    }

    /** How many values of a page are not null. */
    int present(PageHeader header, byte[] body, PageSections sections) {
        int count = header.valueCount();
        return leaf.maxDefinitionLevel() > 0
                ? definitionLevels(body, sections).count(count, leaf.maxDefinitionLevel())
                : count;
    }

    private void add(PageHeader header, int present, byte[] body, PageSections sections, int[] mapping, int entries) {
        int count = header.valueCount();
        valueCount += count;
        nullCount += count - present;
        addValues(header.encoding(), body, sections, present, mapping, entries);
    }

    private void addValues(int encoding, byte[] body, PageSections sections, int count, int[] mapping, int entries) {
        int from = sections.valuesFrom();
        if (count == 0) {
            return;
        }
        if (Encoding.isDictionary(encoding)) {
            runs = indices(body, sections).digest(runs, count, mapping, entries);
        } else if (encoding == Encoding.RLE.value()) {
            int length = LittleEndian.getInt(body, from);
            runs = new RunReader(body, from + 4, from + 4 + length, 1).digest(runs, count);
        } else if (encoding == Encoding.BYTE_STREAM_SPLIT.value()) {
            int length = ByteStreamSplitSplicer.streamLength(sections.valuesLength(), leaf.valueWidth());
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < leaf.valueWidth(); k++) {
                    bytes.add(body[from + k * length + i]);
                }
            }
        } else if (leaf.type() == PhysicalType.BOOLEAN) {
            for (int i = 0; i < count; i++) {
                bytes.add((byte) (body[from + (i >>> 3)] >>> (i & 7) & 1));
            }
        } else {
            bytes.add(body, from, plainLength(body, from, count));
        }
    }

    private int plainLength(byte[] body, int from, int count) {
        if (leaf.valueWidth() >= 0) {
            return count * leaf.valueWidth();
        }
        int position = from;
        for (int i = 0; i < count; i++) {
            position += 4 + LittleEndian.getInt(body, position);
        }
        return position - from;
    }
}
