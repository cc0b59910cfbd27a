package io.glulam.testkit.bytes;

import io.glulam.testkit.bytes.NastyFile.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Collects nasty files; each gets a seed of its own that depends on its name only. */
final class Recipes {
    private final long seed;
    private final List<NastyFile> files = new ArrayList<>();

    Recipes(long seed) {
        this.seed = seed;
    }

    long seedOf(String name) {
        return seed * 1_000_003 + name.hashCode();
    }

    Sample sample(String name) {
        return new Sample(seedOf(name));
    }

    Random random(String name) {
        return new Random(seedOf(name) ^ 0x5DEECE66DL);
    }

    void legal(String name, FileScript script) {
        files.add(new NastyFile(name, Truth.LEGAL, script));
    }

    /** A sample with a change to every chunk. */
    void legal(String name, Consumer<ChunkScript> change) {
        legal(name, sample(name).file(change));
    }

    void tolerated(String name, Consumer<ChunkScript> change) {
        files.add(new NastyFile(name, Truth.TOLERATED, sample(name).file(change)));
    }

    List<NastyFile> files() {
        return List.copyOf(files);
    }
}
