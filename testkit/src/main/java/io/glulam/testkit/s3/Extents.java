package io.glulam.testkit.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/** Bytes in pieces, on the heap or in a file; a range of them shares them. Immutable. */
public final class Extents {
    private final List<Piece> pieces;
    private final long length;

    /** A piece of a source of bytes. */
    private record Piece(Source source, long offset, long length) {}

    private interface Source {
        void read(long offset, ByteBuffer target) throws IOException;
    }

    private Extents(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
        this.length = pieces.stream().mapToLong(Piece::length).sum();
    }

    /** Bytes on the heap. */
    public static Extents of(byte[] bytes) {
        Source source = (offset, target) -> target.put(bytes, (int) offset, target.remaining());
        return new Extents(bytes.length == 0 ? List.of() : List.of(new Piece(source, 0, bytes.length)));
    }

    /** Bytes of a file, which must stay open and as it is. */
    public static Extents of(FileChannel file, long offset, long length) {
        Source source = (at, target) -> {
            long position = at;
            while (target.hasRemaining()) {
                int count = file.read(target, position);
                if (count < 0) {
                    throw new IOException("the file ends early");
                }
                position += count;
            }
        };
        return new Extents(length == 0 ? List.of() : List.of(new Piece(source, offset, length)));
    }

    static Extents concatenated(List<Extents> parts) {
        List<Piece> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.pieces));
        return new Extents(all);
    }

    /** How many bytes. */
    public long length() {
        return length;
    }

    /** The bytes from {@code from} up to {@code to}. */
    public Extents range(long from, long to) {
        List<Piece> inside = new ArrayList<>();
        long start = 0;
        for (Piece piece : pieces) {
            long first = Math.max(from, start);
            long last = Math.min(to, start + piece.length);
            if (first < last) {
                inside.add(new Piece(piece.source, piece.offset + first - start, last - first));
            }
            start += piece.length;
        }
        return new Extents(inside);
    }

    /** Sends all of them. */
    public void writeTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[64 << 10];
        for (Piece piece : pieces) {
            for (long done = 0; done < piece.length; done += buffer.length) {
                int count = (int) Math.min(buffer.length, piece.length - done);
                piece.source.read(piece.offset + done, ByteBuffer.wrap(buffer, 0, count));
                out.write(buffer, 0, count);
            }
        }
    }

    /** All of them at once. */
    public byte[] toByteArray() {
        try {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(Math.toIntExact(length));
            writeTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
