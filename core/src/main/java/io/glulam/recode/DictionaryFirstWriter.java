package io.glulam.recode;

import io.glulam.decode.ByteSlice;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Writes values by dictionary as long as that pays and the dictionary stays within its limit, then without: pages of
 * indices never follow others. FLOAT and DOUBLE go through the library as integers of the same bits, since it would
 * take one NaN for another. Like the library's own fallback, but a chunk that begins with nulls keeps its dictionary.
 */
final class DictionaryFirstWriter implements AutoCloseable {
    private final boolean wide;
    private final boolean isBoolean;
    private final int width;
    private final ValuesWriter plain;
    private final byte[] emptyPlain;
    private @Nullable DictionaryValuesWriter dictionary;
    /** The dictionary that earlier pages use and this one does not. */
    private @Nullable DictionaryValuesWriter retired;

    private boolean decided;
    private boolean dictionaryUsed;
    private long rawSize;
    private Encoding encoding;

    DictionaryFirstWriter(Leaf leaf, RecodeSettings settings) {
        PhysicalType type = leaf.type();
        this.isBoolean = type == PhysicalType.BOOLEAN;
        this.wide = type == PhysicalType.INT64 || type == PhysicalType.DOUBLE;
        this.width = leaf.valueWidth();
        this.plain = ValuesWriters.plain(leaf, settings);
        this.dictionary = ValuesWriters.dictionary(leaf, settings);
        this.decided = dictionary == null;
        this.encoding = settings.valueEncoding();
        this.emptyPlain = toByteArray(plain.getBytes());
        plain.reset();
    }

    private static byte[] toByteArray(BytesInput bytes) {
        try {
            return bytes.toByteArray();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    void write(long bits) {
        ValuesWriter writer = current();
        if (isBoolean) {
            writer.writeBoolean(bits != 0);
        } else if (wide) {
            writer.writeLong(bits);
        } else {
            writer.writeInteger((int) bits);
        }
        written(width);
    }

    void write(ByteSlice bytes) {
        // Called reused, so that the library copies what it keeps.
        current().writeBytes(Binary.fromReusedByteArray(bytes.array(), bytes.from(), bytes.length()));
        written(width < 0 ? Integer.BYTES + (long) bytes.length() : width);
    }

    private ValuesWriter current() {
        return dictionary == null ? plain : dictionary;
    }

    private void written(long size) {
        rawSize += size;
        if (dictionary != null && dictionary.shouldFallBack()) {
            fallBack();
        }
    }

    /** From this page on without dictionary; earlier pages may have used it. */
    private void fallBack() {
        DictionaryValuesWriter given = dictionary;
        if (given != null) {
            given.fallBackAllValuesTo(plain);
            if (dictionaryUsed) {
                retired = given;
            } else {
                given.close();
            }
            dictionary = null;
        }
        decided = true;
    }

    /** Size of the page's values without dictionary. */
    long bufferedSize() {
        return isBoolean ? plain.getBufferedSize() : rawSize;
    }

    /** The page's values; {@link #encoding} is known afterwards. */
    BytesInput toBytes() {
        DictionaryValuesWriter given = dictionary;
        if (given != null) {
            BytesInput indices = given.getBytes();
            if (decided || rawSize == 0) {
                return indices(given, indices);
            }
            if (given.isCompressionSatisfying(rawSize, indices.size())) {
                decided = true;
                return indices(given, indices);
            }
            fallBack();
        }
        BytesInput bytes = plain.getBytes();
        encoding = Encoding.valueOf(plain.getEncoding().name());
        return bytes;
    }

    private BytesInput indices(DictionaryValuesWriter given, BytesInput indices) {
        encoding = Encoding.valueOf(given.getEncoding().name());
        dictionaryUsed = decided;
        return indices;
    }

    /** Of the page that {@link #toBytes} gave. */
    Encoding encoding() {
        return encoding;
    }

    /** Whether it is known if the chunk has a dictionary: not before its first value. */
    boolean isDecided() {
        return decided;
    }

    /** Decides, for a chunk of nulls, against a dictionary. */
    void decide() {
        if (!decided) {
            fallBack();
            encoding = Encoding.valueOf(plain.getEncoding().name());
        }
    }

    /** What a page without values holds, in the encoding of the last page. */
    byte[] emptyPage() {
        return encoding.isDictionary() ? new byte[1] : emptyPlain;
    }

    void reset() {
        rawSize = 0;
        plain.reset();
        if (dictionary != null) {
            dictionary.reset();
        }
    }

    /** The dictionary of the pages written; null if none uses one. */
    @Nullable
    DictionaryPage toDictionaryPage() {
        DictionaryValuesWriter given = retired != null ? retired : dictionary;
        return given == null || !dictionaryUsed ? null : given.toDictPageAndClose();
    }

    @Override
    public void close() {
        plain.close();
        if (dictionary != null) {
            dictionary.close();
        }
        if (retired != null) {
            retired.close();
        }
    }
}
