package io.glulam.wasm;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.VerificationFailed;
import java.nio.charset.StandardCharsets;

/** Failures of the host, as it tells them: a byte for the kind, then a message. */
final class Failure {
    private static final byte CHANGED = 'C';
    private static final byte DIFFERS = 'V';

    private Failure() {}

    /**
     * Checks what a call of the host returned.
     *
     * @param length 0 if all went well; else of the message in the scratch area
     * @param place of the object that the call concerns
     * @throws SourceChanged if the source is no longer the pinned version
     * @throws VerificationFailed if what was written reads back differently
     * @throws StorageFailed for any other failure
     */
    static void check(int length, Place place) {
        if (length == 0) {
            return;
        }
        byte[] message = new byte[length];
        Scratch.take(message, 0, length);
        String problem = new String(message, 1, length - 1, StandardCharsets.UTF_8);
        throw of(message[0], place, problem);
    }

    private static GlulamException of(byte kind, Place place, String problem) {
        return switch (kind) {
            case CHANGED -> new SourceChanged(place, problem, "run again");
            case DIFFERS -> new VerificationFailed(place, problem);
            default -> new StorageFailed(place, problem, null);
        };
    }
}
