package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.NastyFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Makes files that lie in some of their fields, from scripts of {@code bytes} or from files of any writer. */
public final class FileMutator {
    private static final int TAIL = 8;

    private FileMutator() {}

    /**
     * A small legal file whose form and values are random, and one to four lies in it; now and then none.
     *
     * @param seed of the legal file
     * @param random draws the lies
     */
    public static LyingFile of(long seed, Random random) {
        return LyingFile.of(NastyFiles.small(seed).script(), random);
    }

    /** A changed copy of a file: fields of its footer, bytes of its pages, or its end. */
    public static byte[] mutate(byte[] file, Random random) {
        byte[] changed = file;
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            changed = switch (random.nextInt(6)) {
                case 0 -> inFront(changed, random);
                case 1 -> BytesMutator.mutate(changed, random);
                default -> inFooter(changed, random);
            };
        }
        return changed;
    }

    private static byte[] inFooter(byte[] file, Random random) {
        int start = footerStart(file);
        if (start < 0) {
            return BytesMutator.mutate(file, random);
        }
        byte[] footer = ThriftMutator.mutate(Arrays.copyOfRange(file, start, file.length - TAIL), random);
        ByteBuffer out = ByteBuffer.allocate(start + footer.length + TAIL).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(file, 0, start)
                .put(footer)
                .putInt(footer.length)
                .put(file, file.length - 4, 4)
                .array();
    }

    /** Bytes in front of the footer, the length staying what it is. */
    private static byte[] inFront(byte[] file, Random random) {
        int start = Math.max(1, footerStart(file));
        byte[] front = BytesMutator.mutate(Arrays.copyOf(file, Math.min(start, file.length)), random);
        byte[] changed = file.clone();
        System.arraycopy(front, 0, changed, 0, Math.min(front.length, Math.min(start, file.length)));
        return changed;
    }

    /** The first byte of the footer; -1 if the end does not tell. */
    private static int footerStart(byte[] file) {
        if (file.length < 4 + TAIL) {
            return -1;
        }
        long start = file.length
                - TAIL
                - (long) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TAIL);
        return start < 4 || start > file.length - TAIL ? -1 : (int) start;
    }
}
