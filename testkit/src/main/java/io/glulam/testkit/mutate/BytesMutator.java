package io.glulam.testkit.mutate;

import java.util.Arrays;
import java.util.Random;

/** Changes bytes that have no structure: bits, bytes, stretches, the length. */
public final class BytesMutator {
    private BytesMutator() {}

    /** A changed copy. */
    public static byte[] mutate(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        byte[] changed = bytes.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(changed, at, Math.min(bytes.length, at + 1 + random.nextInt(9)), (byte) 0xff);
            case 3 -> changed = Arrays.copyOf(bytes, at);
            case 4 -> changed = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
            case 5 -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(1 + random.nextInt(40), bytes.length - Math.max(at, from));
                System.arraycopy(bytes, from, changed, at, length);
            }
            default -> changed[at] = (byte) (changed[at] + (random.nextBoolean() ? 1 : -1));
        }
        return changed;
    }
}
