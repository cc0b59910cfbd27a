package io.glulam.wasm;

import java.io.IOException;

/** The LZ4 block format (lz4_Block_format.md) in plain Java. Packed bytes differ from the native library's. */
final class Lz4Blocks {
    private static final int EXTENDED = 15;
    private static final int LAST_LITERALS = 5;
    /** The last match begins so many bytes before the block's end. */
    private static final int LAST_MATCH = 12;

    private Lz4Blocks() {}

    static int maxLength(int length) {
        return Math.addExact(length, length / 255 + 16);
    }

    /** Unpacks a block into at most {@code room} bytes; gives their number. */
    static int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) throws IOException {
        return new Unpacking(source, from, from + length).into(target, targetFrom, room);
    }

    private static final class Unpacking {
        private final byte[] source;
        private final int end;
        private int position;

        Unpacking(byte[] source, int from, int end) {
            this.source = source;
            this.position = from;
            this.end = end;
        }

        int into(byte[] target, int targetFrom, int room) throws IOException {
            int unpacked = 0;
            while (true) {
                int token = next();
                int literals = length(token >>> 4, Math.min(room - unpacked, end - position));
                System.arraycopy(source, position, target, targetFrom + unpacked, literals);
                position += literals;
                unpacked += literals;
                if (position == end) {
                    return unpacked;
                }
                int offset = next() | next() << 8;
                if (offset == 0 || offset > unpacked) {
                    throw new IOException("it copies from " + offset + " bytes before byte " + unpacked);
                }
                int match = length(token & EXTENDED, room - unpacked - MatchFinder.MIN_MATCH) + MatchFinder.MIN_MATCH;
                Copies.copy(target, targetFrom + unpacked, offset, match);
                unpacked += match;
            }
        }

        private int next() throws IOException {
            if (position >= end) {
                throw new IOException("it is cut off");
            }
            return source[position++] & 0xff;
        }

        private int length(int nibble, int limit) throws IOException {
            long length = nibble;
            if (nibble == EXTENDED) {
                int more;
                do {
                    more = next();
                    length += more;
                } while (more == 0xff);
            }
            if (length > limit) {
                throw new IOException("it unpacks to more bytes, or is cut off");
            }
            return (int) length;
        }
    }

    /** Packs a block; gives its length. */
    static int pack(MatchFinder matches, byte[] source, int from, int length, byte[] target, int targetFrom) {
        int end = from + length;
        int out = targetFrom;
        int literal = from;
        matches.begin(source, from, end);
        while (matches.find(literal, end - LAST_MATCH)) {
            int match = matches.length(LAST_LITERALS);
            int position = matches.position();
            out = writeLiterals(source, literal, position - literal, match - MatchFinder.MIN_MATCH, target, out);
            target[out++] = (byte) matches.offset();
            target[out++] = (byte) (matches.offset() >>> 8);
            out = writeExtension(match - MatchFinder.MIN_MATCH, target, out);
            literal = position + match;
        }
        return writeLiterals(source, literal, end - literal, 0, target, out) - targetFrom;
    }

    private static int writeLiterals(byte[] source, int from, int length, int match, byte[] target, int targetFrom) {
        target[targetFrom] = (byte) (Math.min(length, EXTENDED) << 4 | Math.min(match, EXTENDED));
        int out = writeExtension(length, target, targetFrom + 1);
        System.arraycopy(source, from, target, out, length);
        return out + length;
    }

    private static int writeExtension(int length, byte[] target, int targetFrom) {
        int out = targetFrom;
        if (length >= EXTENDED) {
            int rest = length - EXTENDED;
            for (; rest >= 0xff; rest -= 0xff) {
                target[out++] = (byte) 0xff;
            }
            target[out++] = (byte) rest;
        }
        return out;
    }
}
