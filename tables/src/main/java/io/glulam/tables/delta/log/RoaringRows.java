package io.glulam.tables.delta.log;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.shape.DeletedRows;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the rows of a deletion vector: an array of roaring bitmaps, one for each 2³² rows (specification, Deletion Vector
 * Format; RoaringFormatSpec of roaringbitmap.org). Every count is checked, and rows must ascend, so that hostile bytes take
 * no more memory and time than their number.
 */
final class RoaringRows {
    private static final int MAGIC = 1_681_511_377;
    private static final int NATIVE_MAGIC = 1_681_511_376;
    private static final int WITHOUT_RUNS = 12_346;
    private static final int WITH_RUNS = 12_347;
    private static final int MIN_FOR_OFFSETS = 4;
    private static final int MAX_CONTAINERS = 1 << 16;
    private static final int MAX_IN_ARRAY = 4_096;

    private final ByteBuffer bytes;
    private final DeletedRows.Builder rows = new DeletedRows.Builder();

    private RoaringRows(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Parses a vector.
     *
     * @throws CorruptFile if the bytes are none
     */
    static DeletedRows parse(byte[] bytes) {
        try {
            return new RoaringRows(bytes).parse();
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw new CorruptFile(Place.UNKNOWN, "a deletion vector whose bytes contradict themselves", null, e);
        }
    }

    private DeletedRows parse() {
        int magic = bytes.getInt();
        if (magic == NATIVE_MAGIC) {
            throw new Unsupported(Place.UNKNOWN, "a deletion vector in a format of old writers", "use REORG TABLE");
        }
        if (magic != MAGIC) {
            throw corrupt("a deletion vector that begins with " + magic);
        }
        long bitmaps = bytes.getLong();
        int before = -1;
        for (long i = 0; i < bitmaps; i++) {
            int key = bytes.getInt();
            if (key <= before) {
                throw corrupt("a deletion vector whose bitmaps do not ascend");
            }
            bitmap((long) key << Integer.SIZE);
            before = key;
        }
        return rows.build();
    }

    private static CorruptFile corrupt(String problem) {
        return new CorruptFile(Place.UNKNOWN, problem);
    }

    private void bitmap(long first) {
        int cookie = bytes.getInt();
        boolean runs = (cookie & 0xffff) == WITH_RUNS;
        if (!runs && cookie != WITHOUT_RUNS) {
            throw corrupt("a bitmap of a deletion vector that begins with " + cookie);
        }
        int containers = runs ? (cookie >>> 16) + 1 : bytes.getInt();
        if (containers < 0 || containers > MAX_CONTAINERS) {
            throw corrupt("a bitmap of a deletion vector with " + containers + " containers");
        }
        byte[] isRun = new byte[runs ? (containers + 7) / Byte.SIZE : 0];
        bytes.get(isRun);
        int[] keys = new int[containers];
        int[] counts = new int[containers];
        for (int i = 0; i < containers; i++) {
            keys[i] = unsigned();
            counts[i] = unsigned() + 1;
        }
        if (!runs || containers >= MIN_FOR_OFFSETS) {
            bytes.position(Math.addExact(bytes.position(), containers * Integer.BYTES));
        }
        for (int i = 0; i < containers; i++) {
            long base = first + ((long) keys[i] << 16);
            if (runs && (isRun[i / Byte.SIZE] & (1 << (i % Byte.SIZE))) != 0) {
                ranges(base);
            } else if (counts[i] <= MAX_IN_ARRAY) {
                positions(base, counts[i]);
            } else {
                bits(base);
            }
        }
    }

    private int unsigned() {
        return Short.toUnsignedInt(bytes.getShort());
    }

    private void ranges(long base) {
        int count = unsigned();
        for (int i = 0; i < count; i++) {
            long from = base + unsigned();
            rows.add(from, from + unsigned() + 1);
        }
    }

    private void positions(long base, int count) {
        for (int i = 0; i < count; i++) {
            rows.add(base + unsigned());
        }
    }

    private void bits(long base) {
        for (int word = 0; word < MAX_CONTAINERS / Long.SIZE; word++) {
            long rest = bytes.getLong();
            while (rest != 0) {
                rows.add(base + (long) word * Long.SIZE + Long.numberOfTrailingZeros(rest));
                rest &= rest - 1;
            }
        }
    }
}
