package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.FileScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A file with lies in it.
 *
 * @param script writes it
 * @param lies names of what is false, for people; empty if all is true
 */
public record LyingFile(FileScript script, List<String> lies) {
    private static final int MAX_LIES = 4;

    public LyingFile {
        lies = List.copyOf(lies);
    }

    /** Changes a script: up to four lies, mostly one. */
    static LyingFile of(FileScript script, Random random) {
        int count = random.nextInt(16) == 0 ? 0 : random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(MAX_LIES);
        List<String> lies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Lie lie = Lie.values()[random.nextInt(Lie.values().length)];
            lie.tell(script, random);
            lies.add(lie.name());
        }
        return new LyingFile(script, lies);
    }

    /** The file's bytes. */
    public byte[] bytes() {
        return script.bytes();
    }
}
