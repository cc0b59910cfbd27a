package io.glulam.page;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.PageType;
import java.util.Arrays;

/**
 * Where in a data page's decompressed body the levels and the values are. Levels lie without the length prefix of
 * version 1.
 *
 * @param repetitionFrom first byte of the repetition levels
 * @param repetitionLength 0 if the column is not repeated
 * @param definitionFrom first byte of the definition levels
 * @param definitionLength 0 if the column is required throughout
 * @param valuesFrom first byte of the values
 * @param valuesLength bytes of the values; may hold padding after them
 */
public record PageSections(
        int repetitionFrom,
        int repetitionLength,
        int definitionFrom,
        int definitionLength,
        int valuesFrom,
        int valuesLength) {
    /** No levels and no values. */
    public static final PageSections EMPTY = new PageSections(0, 0, 0, 0, 0, 0);

    /**
     * Splits a body.
     *
     * @throws CorruptFile if the levels do not fit the body
     */
    public static PageSections of(PageHeader header, Leaf leaf, byte[] body, int from, int length) {
        return header.type() == PageType.DATA_PAGE_V2
                ? ofVersion2(header, from, length)
                : ofVersion1(header, leaf, body, from, length);
    }

    /** Whether the levels of two pages are the same bytes. */
    public boolean sameLevels(byte[] body, PageSections other, byte[] otherBody) {
        return Arrays.equals(
                        body,
                        repetitionFrom,
                        repetitionFrom + repetitionLength,
                        otherBody,
                        other.repetitionFrom,
                        other.repetitionFrom + other.repetitionLength)
                && Arrays.equals(
                        body,
                        definitionFrom,
                        definitionFrom + definitionLength,
                        otherBody,
                        other.definitionFrom,
                        other.definitionFrom + other.definitionLength);
    }

    private static PageSections ofVersion2(PageHeader header, int from, int length) {
        PageHeader.Levels levels = header.levels();
        if ((long) levels.repetitionBytes() + levels.definitionBytes() > length) {
            throw new CorruptFile(Place.UNKNOWN, "levels are longer than their page");
        }
        int definitionFrom = from + levels.repetitionBytes();
        int valuesFrom = definitionFrom + levels.definitionBytes();
        return new PageSections(
                from,
                levels.repetitionBytes(),
                definitionFrom,
                levels.definitionBytes(),
                valuesFrom,
                length - (valuesFrom - from));
    }

    private static PageSections ofVersion1(PageHeader header, Leaf leaf, byte[] body, int from, int length) {
        int end = from + length;
        int position = from;
        int repetitionFrom = position;
        int repetitionLength = 0;
        if (leaf.maxRepetitionLevel() > 0) {
            int prefix = prefix(header.levels().repetitionEncoding());
            repetitionLength = levelBytes(
                    header.levels().repetitionEncoding(),
                    leaf.maxRepetitionLevel(),
                    header.valueCount(),
                    body,
                    position,
                    end);
            repetitionFrom = position + prefix;
            position = repetitionFrom + repetitionLength;
        }
        int definitionFrom = position;
        int definitionLength = 0;
        if (leaf.maxDefinitionLevel() > 0) {
            int prefix = prefix(header.levels().definitionEncoding());
            definitionLength = levelBytes(
                    header.levels().definitionEncoding(),
                    leaf.maxDefinitionLevel(),
                    header.valueCount(),
                    body,
                    position,
                    end);
            definitionFrom = position + prefix;
            position = definitionFrom + definitionLength;
        }
        return new PageSections(
                repetitionFrom, repetitionLength, definitionFrom, definitionLength, position, end - position);
    }

    private static int prefix(int encoding) {
        return encoding == Encoding.RLE.value() ? 4 : 0;
    }

    private static int levelBytes(int encoding, int maxLevel, int count, byte[] body, int position, int end) {
        long length;
        int prefix = prefix(encoding);
        if (encoding == Encoding.RLE.value()) {
            if (end - position < 4) {
                throw new CorruptFile(Place.UNKNOWN, "a page too short for its levels");
            }
            length = LittleEndian.getInt(body, position);
        } else if (encoding == Encoding.BIT_PACKED.value()) {
            length = ((long) count * BitWidth.of(maxLevel) + 7) >>> 3;
        } else {
            throw new CorruptFile(Place.UNKNOWN, "levels in encoding " + Encoding.nameOf(encoding));
        }
        if (length < 0 || length > end - position - prefix) {
            throw new CorruptFile(
                    Place.UNKNOWN, "levels of " + length + " bytes in " + (end - position - prefix) + " bytes");
        }
        return (int) length;
    }
}
