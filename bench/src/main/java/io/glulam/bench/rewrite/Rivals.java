package io.glulam.bench.rewrite;

import java.nio.file.Path;
import java.util.List;

/**
 * Which of the others run at all.
 *
 * @param decoding those that decode and encode everything
 * @param polars Polars, which needs Node
 */
public record Rivals(boolean decoding, boolean polars) {
    void add(List<Contender> contenders, Contender... others) {
        if (decoding) {
            contenders.addAll(List.of(others));
        }
    }

    void addPolars(List<Contender> contenders, Path root, String codec) {
        if (polars) {
            contenders.add(Contender.polars(root, codec));
        }
    }
}
