package io.glulam.codec;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.aayushatharva.brotli4j.encoder.EncoderJNI;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One page through Brotli's native streams. A class of its own, so that the library is loaded by the first page. */
final class BrotliStreams {
    /** Bytes handed to the native side at once; its only buffer. */
    private static final int STEP = 64 << 10;

    private static final int QUALITY = 5;
    private static final int WINDOW_BITS = 22;

    static {
        Brotli4jLoader.ensureAvailability();
    }

    private BrotliStreams() {}

    static int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) throws IOException {
        DecoderJNI.Wrapper decoder = new DecoderJNI.Wrapper(Math.min(STEP, length));
        try {
            int read = 0;
            int unpacked = 0;
            while (true) {
                while (decoder.hasOutput()) {
                    unpacked += take(decoder.pull(), target, targetFrom + unpacked, room - unpacked);
                }
                switch (decoder.getStatus()) {
                    case DONE -> {
                        return unpacked;
                    }
                    case OK, NEEDS_MORE_OUTPUT, NEEDS_MORE_INPUT -> {
                        if (decoder.getStatus() == DecoderJNI.Status.NEEDS_MORE_INPUT && read == length) {
                            throw new IOException("it is cut off");
                        }
                        read += push(decoder, source, from + read, length - read);
                    }
                    case ERROR -> throw new IOException("it is not Brotli data");
                }
            }
        } finally {
            decoder.destroy();
        }
    }

    /** Lets the decoder go on, with more of the source if it asks for that; gives how many bytes of it were taken. */
    private static int push(DecoderJNI.Wrapper decoder, byte[] source, int from, int left) {
        int step = decoder.getStatus() == DecoderJNI.Status.NEEDS_MORE_INPUT ? Math.min(STEP, left) : 0;
        if (step > 0) {
            decoder.getInputBuffer().clear();
            decoder.getInputBuffer().put(source, from, step);
        }
        decoder.push(step);
        return step;
    }

    /** Unpacks at most {@code wanted} bytes; gives their number, which is smaller where the source ends earlier. */
    static int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted)
            throws IOException {
        DecoderJNI.Wrapper decoder = new DecoderJNI.Wrapper(Math.min(STEP, length));
        try {
            int read = 0;
            int unpacked = 0;
            while (true) {
                while (decoder.hasOutput() && unpacked < wanted) {
                    ByteBuffer output = decoder.pull();
                    int taken = Math.min(output.remaining(), wanted - unpacked);
                    output.get(target, targetFrom + unpacked, taken);
                    unpacked += taken;
                }
                DecoderJNI.Status status = decoder.getStatus();
                if (unpacked == wanted
                        || status == DecoderJNI.Status.DONE
                        || status == DecoderJNI.Status.NEEDS_MORE_INPUT && read == length) {
                    return unpacked;
                }
                if (status == DecoderJNI.Status.ERROR) {
                    throw new IOException("it is not Brotli data");
                }
                read += push(decoder, source, from + read, length - read);
            }
        } finally {
            decoder.destroy();
        }
    }

    static int pack(byte[] source, int from, int length, byte[] target, int targetFrom) throws IOException {
        EncoderJNI.Wrapper encoder =
                new EncoderJNI.Wrapper(Math.max(1, Math.min(STEP, length)), QUALITY, WINDOW_BITS, Encoder.Mode.GENERIC);
        try {
            int read = 0;
            int packed = 0;
            while (!encoder.isFinished()) {
                int step = Math.min(STEP, length - read);
                encoder.getInputBuffer().clear();
                encoder.getInputBuffer().put(source, from + read, step);
                read += step;
                EncoderJNI.Operation operation =
                        read == length ? EncoderJNI.Operation.FINISH : EncoderJNI.Operation.PROCESS;
                encoder.push(operation, step);
                packed = drain(encoder, operation, target, targetFrom, packed);
            }
            return packed;
        } finally {
            encoder.destroy();
        }
    }

    /** Takes all output of a step, until its input is used up. */
    private static int drain(
            EncoderJNI.Wrapper encoder, EncoderJNI.Operation operation, byte[] target, int targetFrom, int before)
            throws IOException {
        int packed = before;
        while (true) {
            if (!encoder.isSuccess()) {
                throw new IOException("Brotli's encoder failed");
            }
            if (encoder.hasMoreOutput()) {
                int at = targetFrom + packed;
                packed += take(encoder.pull(), target, at, target.length - at);
            } else if (encoder.hasRemainingInput()
                    || (operation == EncoderJNI.Operation.FINISH && !encoder.isFinished())) {
                encoder.push(operation, 0);
            } else {
                return packed;
            }
        }
    }

    private static int take(ByteBuffer output, byte[] target, int from, int room) throws IOException {
        int count = output.remaining();
        if (count > room) {
            throw new IOException("it unpacks to more bytes than expected");
        }
        output.get(target, from, count);
        return count;
    }
}
