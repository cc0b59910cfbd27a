package io.glulam.footer;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds and reads a file's footer: one read of the tail, a second one if the footer is longer. Footers that are too long
 * for the memory stay where they are and are read through windows.
 */
public final class FooterReader {
    private static final int MAGIC = magic("PAR1");
    private static final int MAGIC_ENCRYPTED = magic("PARE");
    /** Bytes after the footer: its length and the magic. */
    static final int TAIL = 8;

    private static final int MIN_FILE = 4 + TAIL;
    /** Of a remote object, where each read is a request. */
    private static final int FIRST_REQUEST = 64 << 10;

    /** Of other files: most footers of small files are shorter, and a second read costs little. */
    private static final int FIRST_READ = 8 << 10;

    /** Of the memory, a footer that is held whole takes at most one part in so many. */
    static final int RESIDENT_SHARE = 4;

    private FooterReader() {}

    /**
     * Reads the footer of {@code source}, which must stay open as long as the footer is used.
     *
     * @param memoryBytes what buffers may take; of that, a footer in memory takes a quarter at most
     * @throws CorruptFile if the object is no Parquet file, or its footer is wrong
     * @throws Unsupported if the file is encrypted, its data lies elsewhere, or the footer is longer than 2 GiB
     */
    public static Footer read(RangeReader source, long memoryBytes) {
        return read(source, memoryBytes, new KnownSchema());
    }

    /** As above, for callers that read many: {@code schemas} holds the schema of the footer before. */
    public static Footer read(RangeReader source, long memoryBytes, KnownSchema schemas) {
        try {
            return readFooter(source, memoryBytes / RESIDENT_SHARE, schemas);
        } catch (GlulamException failure) {
            throw failure.within(Place.of(source.name()));
        }
    }

    private static Footer readFooter(RangeReader source, long residentBytes, KnownSchema schemas) {
        long size = source.size();
        if (size < MIN_FILE) {
            throw notParquet(size == 0 ? "it is empty" : "it is only " + size + " bytes long");
        }
        int firstRead = source.isRemote() ? FIRST_REQUEST : FIRST_READ;
        ByteBuffer tail = ByteBuffer.allocate((int) Math.min(firstRead, size)).order(ByteOrder.LITTLE_ENDIAN);
        source.read(size - tail.capacity(), tail);
        if (tail.getInt(tail.capacity() - 4) != MAGIC && first(source, tail) == MAGIC) {
            throw notParquet("it begins with PAR1, but does not end with it; it may have been cut short");
        }
        checkMagic(tail.getInt(tail.capacity() - 4), "end");
        long length = Integer.toUnsignedLong(tail.getInt(tail.capacity() - TAIL));
        if (length > size - MIN_FILE) {
            throw new CorruptFile(
                    Place.at(size - TAIL), "the footer's length is " + length + " in a file of " + size + " bytes");
        }
        if (length > Integer.MAX_VALUE) {
            throw new Unsupported(Place.UNKNOWN, "the footer is " + length + " bytes long, 2 GiB are the most");
        }
        checkLeadingMagic(source, tail, size);
        long offset = size - TAIL - length;
        return Footer.parse(footerBytes(source, tail, offset, (int) length, residentBytes), offset, schemas);
    }

    private static FooterBytes footerBytes(
            RangeReader source, ByteBuffer tail, long offset, int length, long residentBytes) {
        if (length > residentBytes) {
            source.willRead(offset, length);
            return new FooterBytes.InObject(source, offset, length);
        }
        byte[] footer = new byte[length];
        int inTail = Math.min(length, tail.capacity() - TAIL);
        tail.get(tail.capacity() - TAIL - inTail, footer, length - inTail, inTail);
        if (inTail < length) {
            source.read(offset, ByteBuffer.wrap(footer, 0, length - inTail));
        }
        return FooterBytes.of(footer);
    }

    private static void checkLeadingMagic(RangeReader source, ByteBuffer tail, long size) {
        // Of a remote file it would take a request of its own, for four bytes that no reader looks at.
        if (tail.capacity() == size || !source.isRemote()) {
            checkMagic(first(source, tail), "begin");
        }
    }

    /** The file's first four bytes. */
    private static int first(RangeReader source, ByteBuffer tail) {
        if (tail.capacity() == source.size()) {
            return tail.getInt(0);
        }
        ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        source.read(0, head);
        return head.getInt(0);
    }

    private static void checkMagic(int found, String where) {
        if (found == MAGIC_ENCRYPTED) {
            throw new Unsupported(
                    Place.UNKNOWN, "the footer is encrypted, and encrypted row groups cannot move", "decrypt it first");
        }
        if (found != MAGIC) {
            throw notParquet("it does not " + where + " with PAR1");
        }
    }

    private static CorruptFile notParquet(String why) {
        return new CorruptFile(Place.UNKNOWN, "not a Parquet file: " + why);
    }

    private static int magic(String text) {
        return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
    }
}
