package io.glulam.inputs;

import java.util.Arrays;
import java.util.function.IntFunction;

/** Finds which numbered text equals another one, from the texts' hashes alone: texts are made only to compare them. */
final class TextSet {
    private final IntFunction<String> texts;
    private int[] slots = new int[64];
    private int[] hashes = new int[32];
    private int count;

    /** @param texts gives a text by its number, of those that were added */
    TextSet(IntFunction<String> texts) {
        this.texts = texts;
    }

    /** Adds the text of the next number; false if it is there already. */
    boolean add(String text) {
        if (2 * (count + 1) > slots.length) {
            grow();
        }
        int hash = text.hashCode();
        int slot = start(hash);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && texts.apply(number).equals(text)) {
                return false;
            }
            slot = slot + 1 & slots.length - 1;
        }
        hashes[count] = hash;
        slots[slot] = ++count;
        return true;
    }

    private int start(int hash) {
        return (hash * 0x9e3779b9 >>> 7) & slots.length - 1;
    }

    private void grow() {
        slots = new int[2 * slots.length];
        hashes = Arrays.copyOf(hashes, slots.length / 2);
        for (int number = 0; number < count; number++) {
            int slot = start(hashes[number]);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = number + 1;
        }
    }
}
