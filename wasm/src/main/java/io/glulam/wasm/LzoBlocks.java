package io.glulam.wasm;

import java.io.IOException;

/**
 * Unpacks LZO1X, the block format of LZO that Parquet's files have, in plain Java. A block is a sequence of matches, each
 * followed by literals: up to three by the match's own last bits, more by an instruction of their own. What the shortest
 * instructions mean depends on how many literals came before.
 */
final class LzoBlocks {
    /** After a run of four literals or more. */
    private static final int AFTER_RUN = 4;

    /** First bytes above this are a number of literals. */
    private static final int FIRST_LITERALS = 17;

    private static final int FAR = 16384;
    /** Beyond what copies of two bytes reach. */
    private static final int NEAR = 2048;

    private final byte[] source;
    private final int end;
    private final byte[] target;
    private final int targetFrom;
    private final int room;
    private int position;
    private int unpacked;
    private int literals;

    private LzoBlocks(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        this.source = source;
        this.position = from;
        this.end = from + length;
        this.target = target;
        this.targetFrom = targetFrom;
        this.room = room;
    }

    /** Unpacks a block into at most {@code room} bytes; gives their number. */
    static int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) throws IOException {
        if (length == 0) {
            return 0;
        }
        LzoBlocks block = new LzoBlocks(source, from, length, target, targetFrom, room);
        block.unpack();
        return block.unpacked;
    }

    private void unpack() throws IOException {
        if (position < end && (source[position] & 0xff) > FIRST_LITERALS) {
            int count = next() - FIRST_LITERALS;
            copyLiterals(count);
            literals = Math.min(count, AFTER_RUN);
        }
        while (position < end) {
            int instruction = next();
            if (instruction < 16) {
                shortest(instruction);
            } else if (instruction < 32) {
                int length = 2 + length(instruction & 7, 7);
                int operand = next() | next() << 8;
                int distance = FAR + ((instruction & 8) << 11) + (operand >>> 2);
                if (distance == FAR) {
                    requireEnd();
                    return;
                }
                copy(distance, length, operand);
            } else if (instruction < 64) {
                int length = 2 + length(instruction & 31, 31);
                int operand = next() | next() << 8;
                copy((operand >>> 2) + 1, length, operand);
            } else {
                int length = instruction < 128 ? 3 + (instruction >>> 5 & 1) : 5 + (instruction >>> 5 & 3);
                copy((next() << 3) + (instruction >>> 2 & 7) + 1, length, instruction);
            }
        }
        throw new IOException("it is cut off");
    }

    private void requireEnd() throws IOException {
        if (position != end) {
            throw new IOException("it goes on after its end");
        }
    }

    private void shortest(int instruction) throws IOException {
        if (literals == 0) {
            copyLiterals(3 + length(instruction, 15));
            literals = AFTER_RUN;
        } else {
            int distance = (next() << 2) + (instruction >>> 2) + 1;
            boolean afterRun = literals == AFTER_RUN;
            copy(afterRun ? distance + NEAR : distance, afterRun ? 3 : 2, instruction);
        }
    }

    /** A length that goes on in further bytes, each 0 standing for 255, if its bits are 0. */
    private int length(int bits, int longest) throws IOException {
        if (bits != 0) {
            return bits;
        }
        long length = longest;
        int more = next();
        while (more == 0) {
            length += 255;
            more = next();
        }
        length += more;
        if (length > room) {
            throw new IOException("it unpacks to more bytes");
        }
        return (int) length;
    }

    /** Copies a match, then as many literals as the last two bits of {@code operand} say. */
    private void copy(int distance, int length, int operand) throws IOException {
        if (distance > unpacked) {
            throw new IOException("it copies from " + distance + " bytes before byte " + unpacked);
        }
        requireRoom(length);
        Copies.copy(target, targetFrom + unpacked, distance, length);
        unpacked += length;
        literals = operand & 3;
        copyLiterals(literals);
    }

    private void copyLiterals(int count) throws IOException {
        if (count > end - position) {
            throw new IOException("it is cut off");
        }
        requireRoom(count);
        System.arraycopy(source, position, target, targetFrom + unpacked, count);
        position += count;
        unpacked += count;
    }

    private void requireRoom(int count) throws IOException {
        if (count > room - unpacked) {
            throw new IOException("it unpacks to more bytes");
        }
    }

    private int next() throws IOException {
        if (position >= end) {
            throw new IOException("it is cut off");
        }
        return source[position++] & 0xff;
    }
}
