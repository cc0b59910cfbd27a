package io.glulam.wasm;

import io.glulam.error.GlulamException;
import java.nio.charset.StandardCharsets;

/** What the host gets: names and values, each ended by a byte 0. */
final class Answer {
    private static final char END = 0;

    private final StringBuilder text = new StringBuilder();

    /** A failure: its kind, its message, and the message's parts. */
    static Answer of(GlulamException failure) {
        Answer answer = new Answer()
                .with("failure", failure.getClass().getSimpleName())
                .with("message", String.valueOf(failure.getMessage()))
                .with("place", failure.place().toString())
                .with("problem", failure.problem());
        String remedy = failure.remedy();
        return remedy == null ? answer : answer.with("remedy", remedy);
    }

    Answer with(String name, String value) {
        text.append(name).append(END).append(value).append(END);
        return this;
    }

    void toHost() {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Scratch.put(bytes, 0, bytes.length);
        Host.answer(bytes.length);
    }
}
