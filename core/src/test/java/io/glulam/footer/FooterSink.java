package io.glulam.footer;

import io.glulam.page.ByteArrayBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Holds what a {@link FooterWriter} hands over. */
final class FooterSink implements Consumer<ByteBuffer> {
    private static final int TAIL = 8;

    private final ByteArrayBuilder bytes = new ByteArrayBuilder(256);

    @Override
    public void accept(ByteBuffer piece) {
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.append(copy, 0, copy.length);
    }

    /** All that was handed over: footer, length and magic. */
    byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.size());
    }

    /** The footer without length and magic. */
    byte[] footer() {
        return Arrays.copyOf(bytes.array(), bytes.size() - TAIL);
    }
}
