package io.glulam.splice;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.BitWidth;
import io.glulam.page.LittleEndian;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;

/**
 * A running digest of what pages say: levels and values in order, whatever page borders, run lengths and index widths
 * they are stored with. Equal digests of the source pages and of the page made of them prove, up to the chance of a
 * collision in 64 bits each, that nothing was lost, swapped or shifted. Not thread-safe.
 */
final class ContentDigest {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;
    private static final int[] NO_MAPPING = new int[0];

    private final Leaf leaf;
    private long repetition;
    private long definition;
    private long values;
    private long valueCount;
    private long nullCount;

    ContentDigest(Leaf leaf) {
        this.leaf = leaf;
    }

    void clear() {
        repetition = 0;
        definition = 0;
        values = 0;
        valueCount = 0;
        nullCount = 0;
    }

    /** Adds a page of the output, whose indices count as they are. */
    void addOutput(PageHeader header, byte[] body, PageSections sections) {
        add(header, body, sections, NO_MAPPING, 0, false);
    }

    /** Adds a page of the source, whose indices count as what they map to. */
    void addSource(PageHeader header, byte[] body, PageSections sections, int[] mapping, int entries) {
        add(header, body, sections, mapping, entries, true);
    }

    /** Whether both saw the same content. */
    boolean matches(ContentDigest other) {
        return repetition == other.repetition
                && definition == other.definition
                && values == other.values
                && valueCount == other.valueCount
                && nullCount == other.nullCount;
    }

    private void add(
            PageHeader header, byte[] body, PageSections sections, int[] mapping, int entries, boolean mapped) {
        int count = header.valueCount();
        if (leaf.maxRepetitionLevel() > 0) {
            int end = sections.repetitionFrom() + sections.repetitionLength();
            RunReader levels =
                    new RunReader(body, sections.repetitionFrom(), end, BitWidth.of(leaf.maxRepetitionLevel()));
            long digest = repetition;
            for (int i = 0; i < count; i++) {
                digest = digest * FACTOR + levels.next() + 1;
            }
            repetition = digest;
        }
        int present = leaf.maxDefinitionLevel() > 0 ? addDefinitionLevels(body, sections, count) : count;
        valueCount += count;
        nullCount += count - present;
        addValues(header.encoding(), body, sections, present, mapping, entries, mapped);
    }

    private int addDefinitionLevels(byte[] body, PageSections sections, int count) {
        int end = sections.definitionFrom() + sections.definitionLength();
        RunReader levels = new RunReader(body, sections.definitionFrom(), end, BitWidth.of(leaf.maxDefinitionLevel()));
        int present = 0;
        long digest = definition;
        for (int i = 0; i < count; i++) {
            int level = levels.next();
            digest = digest * FACTOR + level + 1;
            if (level == leaf.maxDefinitionLevel()) {
                present++;
            }
        }
        definition = digest;
        return present;
    }

    private void addValues(
            int encoding, byte[] body, PageSections sections, int count, int[] mapping, int entries, boolean mapped) {
        int from = sections.valuesFrom();
        if (count == 0) {
            return;
        }
        if (Encoding.isDictionary(encoding)) {
            addIndices(body, from, sections.valuesLength(), count, mapping, entries, mapped);
        } else if (encoding == Encoding.RLE.value()) {
            addRun(new RunReader(body, from + 4, from + 4 + LittleEndian.getInt(body, from), 1), count);
        } else if (encoding == Encoding.BYTE_STREAM_SPLIT.value()) {
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < leaf.valueWidth(); k++) {
                    addByte(body[from + k * count + i]);
                }
            }
        } else if (leaf.type() == PhysicalType.BOOLEAN) {
            for (int i = 0; i < count; i++) {
                addByte((byte) (body[from + (i >>> 3)] >>> (i & 7) & 1));
            }
        } else {
            addBytes(body, from, plainLength(body, from, count));
        }
    }

    private void addIndices(byte[] body, int from, int length, int count, int[] mapping, int entries, boolean mapped) {
        RunReader indices = new RunReader(body, from + 1, from + length, body[from] & 0xff);
        long digest = values;
        for (int i = 0; i < count; i++) {
            int index = indices.next();
            if (mapped) {
                index = index >= 0 && index < entries ? mapping[index] : -1;
            }
            digest = digest * FACTOR + index + 1;
        }
        values = digest;
    }

    private void addRun(RunReader run, int count) {
        for (int i = 0; i < count; i++) {
            addByte((byte) run.next());
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

    private void addBytes(byte[] body, int from, int length) {
        long digest = values;
        for (int i = from; i < from + length; i++) {
            digest = digest * FACTOR + body[i] + 129;
        }
        values = digest;
    }

    private void addByte(byte next) {
        values = values * FACTOR + next + 129;
    }
}
