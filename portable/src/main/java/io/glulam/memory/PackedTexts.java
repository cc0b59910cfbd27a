package io.glulam.memory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many texts that begin alike, such as the paths of a folder's files, in about the memory of what differs: each is held as
 * the length of the beginning that it shares with a text before it, and the rest. Texts are numbered from 0 on, in the order
 * in which they are added. Reading is thread-safe once all are added.
 */
public final class PackedTexts {
    private static final int PLACE_BITS = 16;
    private static final int BLOCK = 1 << PLACE_BITS;
    private static final int MAX_BLOCKS = 1 << 31 - PLACE_BITS;

    /** Three numbers before a text's own bytes, each of at most five bytes. */
    private static final int MAX_NUMBERS = 15;

    /** A text that shares less than one part in so many of its bytes becomes the one that others share with. */
    private static final int MIN_SHARED = 4;

    private final List<byte[]> blocks = new ArrayList<>();
    /** Texts that others share their beginnings with. */
    private final List<byte[]> models = new ArrayList<>();

    /** The number of a text's block, and its place in that. */
    private int[] places = new int[16];

    private byte[] block = {};
    private int used;
    private int count;

    /** Returns how many texts there are. */
    public int size() {
        return count;
    }

    /** Adds a text. */
    public void add(String text) {
        boolean isLatin = text.chars().allMatch(c -> c < 256);
        byte[] bytes = isLatin ? text.getBytes(StandardCharsets.ISO_8859_1) : wide(text);
        int shared = models.isEmpty() ? 0 : shared(models.get(models.size() - 1), bytes);
        if (models.isEmpty() || MIN_SHARED * shared < bytes.length) {
            models.add(bytes);
            shared = bytes.length;
        }
        int rest = bytes.length - shared;
        makeRoom(MAX_NUMBERS + rest);
        places[count++] = blocks.size() - 1 << PLACE_BITS | used;
        putNumber(2 * (models.size() - 1) + (isLatin ? 0 : 1));
        putNumber(shared);
        putNumber(rest);
        System.arraycopy(bytes, shared, block, used, rest);
        used += rest;
    }

    /** Two bytes a character, so that every text comes back as it was. */
    private static byte[] wide(String text) {
        byte[] bytes = new byte[Math.multiplyExact(2, text.length())];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    private static int shared(byte[] model, byte[] bytes) {
        int different = Arrays.mismatch(model, bytes);
        return different < 0 ? bytes.length : different;
    }

    private void makeRoom(int length) {
        if (block.length - used < length) {
            if (blocks.size() == MAX_BLOCKS) {
                throw new OutOfMemoryError("more texts than can be numbered");
            }
            block = new byte[Math.max(BLOCK, length)];
            blocks.add(block);
            used = 0;
        }
        if (count == places.length) {
            places = Arrays.copyOf(places, Math.addExact(count, count / 4));
        }
    }

    private void putNumber(int number) {
        int left = number;
        for (; left > 0x7f; left >>>= 7) {
            block[used++] = (byte) (left | 0x80);
        }
        block[used++] = (byte) left;
    }

    /**
     * Returns a text.
     *
     * @throws IndexOutOfBoundsException if there is none of that number
     */
    public String get(int number) {
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException(number);
        }
        byte[] from = blocks.get(places[number] >>> PLACE_BITS);
        int[] at = {places[number] & BLOCK - 1};
        int model = number(from, at);
        int shared = number(from, at);
        int rest = number(from, at);
        byte[] bytes = Arrays.copyOf(models.get(model >> 1), shared + rest);
        System.arraycopy(from, at[0], bytes, shared, rest);
        return (model & 1) == 0 ? new String(bytes, StandardCharsets.ISO_8859_1) : narrow(bytes);
    }

    private static String narrow(byte[] bytes) {
        char[] text = new char[bytes.length / 2];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) ((bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff);
        }
        return new String(text);
    }

    private static int number(byte[] from, int[] at) {
        int number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from[at[0]++];
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }
}
