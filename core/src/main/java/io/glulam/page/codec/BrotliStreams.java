package io.glulam.page.codec;

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
                    case OK, NEEDS_MORE_OUTPUT -> decoder.push(0);
                    case NEEDS_MORE_INPUT -> {
                        if (read == length) {
                            throw new IOException("it is cut off");
                        }
                        int step = Math.min(STEP, length - read);
                        decoder.getInputBuffer().clear();
                        decoder.getInputBuffer().put(source, from + read, step);
                        decoder.push(step);
                        read += step;
                    }
                    case ERROR -> throw new IOException("it is not Brotli data");
                }
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
