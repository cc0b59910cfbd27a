package io.glulam.wasm;

import org.teavm.interop.Import;

/**
 * What the host does for the engine. Bytes go through the {@linkplain Scratch scratch area}, from its beginning on. Calls
 * that read or write objects may suspend the engine. Those that can fail return 0 if all went well, else the length of a
 * message in the scratch area, whose first byte tells its kind ({@link Failure}).
 */
final class Host {
    private Host() {}

    /** Makes the scratch area at least so long. */
    @Import(module = "glulam", name = "reserve")
    static native void reserve(int bytes);

    /** Puts the request into the scratch area, and returns its length. */
    @Import(module = "glulam", name = "request")
    static native int request();

    /** Takes {@code length} bytes of the answer. */
    @Import(module = "glulam", name = "answer")
    static native void answer(int length);

    /** Reads a range of the source. */
    @Import(module = "glulam", name = "read")
    static native int read(long position, int length);

    /**
     * Puts regions of a merge's inputs one after the other: the source's bytes are theirs.
     *
     * @param count of the regions; the scratch area has the input's number, as the request counts them, start and end of each
     * @param base where in the source the first one begins
     */
    @Import(module = "glulam", name = "arrange")
    static native void arrange(int count, long base);

    /**
     * Begins the next new object of a merge; the one before is complete.
     *
     * @param length of its group's name in the scratch area
     */
    @Import(module = "glulam", name = "begin")
    static native int begin(int length);

    /** Begins to read a range of the source in its order: reads within it go on with one request until {@link #close}. */
    @Import(module = "glulam", name = "open")
    static native void open(long start, long end);

    /** Ends the reading of a range. */
    @Import(module = "glulam", name = "close")
    static native void close();

    /** Tells that a range of the source will be read again and again, piece by piece, and is too long to be held. */
    @Import(module = "glulam", name = "again")
    static native void again(long start, long end);

    /**
     * Fetches ranges of the source into the host's arena.
     *
     * @param count of the ranges, which are in order; the scratch area has start, end and address in the arena of each
     */
    @Import(module = "glulam", name = "hold")
    static native int hold(int count);

    /** Puts {@code length} bytes into the host's arena. */
    @Import(module = "glulam", name = "keep")
    static native void keep(long address, int length);

    /** Copies bytes of the host's arena to the scratch area. */
    @Import(module = "glulam", name = "held")
    static native void held(long address, int length);

    /** Appends to the new object. */
    @Import(module = "glulam", name = "append")
    static native int append(int length);

    /** Appends a range of the source to the new object. */
    @Import(module = "glulam", name = "copy")
    static native int copy(long position, long length);

    /** Ends the new object: it can be read back then. */
    @Import(module = "glulam", name = "seal")
    static native int seal();

    /** Reads back a range of the new object, which is sealed. */
    @Import(module = "glulam", name = "written")
    static native int written(long position, int length);

    /**
     * Unpacks {@code length} bytes, which the result replaces.
     *
     * @param codec its number in the specification
     * @param room bytes that the result may have
     * @return its length; -1 if it cannot be unpacked, or is longer than {@code room}
     */
    @Import(module = "glulam", name = "unpack")
    static native int unpack(int codec, int length, int room);

    /**
     * Packs {@code length} bytes, which the result replaces.
     *
     * @param level of the codec; 0 for the default
     * @param room bytes that the result may have
     * @return its length; -1 if it is longer than {@code room}
     */
    @Import(module = "glulam", name = "pack")
    static native int pack(int codec, int level, int length, int room);
}
