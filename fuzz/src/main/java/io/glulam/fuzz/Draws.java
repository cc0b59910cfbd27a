package io.glulam.fuzz;

import java.util.Random;

/**
 * Random numbers that are drawn from the bytes of an input as long as there are any, so that a fuzzer that changes a byte
 * changes one decision; after that from a seed, which is made of the first bytes.
 */
public final class Draws extends Random {
    private static final long serialVersionUID = 1L;
    private static final int SEED_BYTES = 8;

    private final byte[] input;
    private int position;

    public Draws(byte[] input) {
        super(seed(input));
        this.input = input.clone();
    }

    private static long seed(byte[] input) {
        long seed = 0;
        for (int i = 0; i < Math.min(SEED_BYTES, input.length); i++) {
            seed = seed << 8 | input[i] & 0xff;
        }
        return seed;
    }

    @Override
    protected int next(int bits) {
        if (input == null || position >= input.length) {
            return super.next(bits);
        }
        int value = 0;
        for (int taken = 0; taken < bits; taken += 8) {
            value = value << 8 | take();
        }
        return bits == 32 ? value : value & (1 << bits) - 1;
    }

    /** As few bytes as the bound asks for, so that inputs stay short. */
    @Override
    public int nextInt(int bound) {
        if (position >= input.length || bound > 1 << 16) {
            return super.nextInt(bound);
        }
        return bound <= 1 << 8 ? take() % bound : (take() << 8 | take()) % bound;
    }

    @Override
    public boolean nextBoolean() {
        return nextInt(2) == 1;
    }

    private int take() {
        return position < input.length ? input[position++] & 0xff : 0;
    }

    /** The bytes that nothing was drawn from yet. */
    public byte[] rest() {
        byte[] rest = new byte[input.length - position];
        System.arraycopy(input, position, rest, 0, rest.length);
        position = input.length;
        return rest;
    }
}
