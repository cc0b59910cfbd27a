package io.glulam.testkit.generate;

import io.glulam.testkit.generate.ArrangedFile.Piece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Large files of which most bytes are healthy, with runs of fragments between: the shape that the budgets are for. */
public final class MixedObject {
    private static final int HEALTHY_ROWS = 12 * 8 * 2048;
    private static final int FRAGMENT_ROWS = 4 * 2048;

    private MixedObject() {}

    /**
     * Writes such a file.
     *
     * @param bytes about
     * @param runs of fragments, none of them at the end, nor at the begin where there are enough healthy row groups
     * @param fragmentShare of the bytes, 0 to 1
     */
    public static Path write(Path folder, long bytes, int runs, double fragmentShare) throws IOException {
        Path healthy = folder.resolve("healthy.parquet");
        Path parts = folder.resolve("fragments.parquet");
        if (!Files.exists(healthy)) {
            RealisticFiles.orders(healthy, HEALTHY_ROWS, HEALTHY_ROWS, "COMPRESSION snappy");
            RealisticFiles.orders(parts, HEALTHY_ROWS, FRAGMENT_ROWS, "COMPRESSION snappy");
        }
        long healthyBytes = Files.size(healthy);
        long fragmentBytes = Files.size(parts) * FRAGMENT_ROWS / HEALTHY_ROWS;
        long healthyCount = Math.round(bytes * (1 - fragmentShare) / healthyBytes);
        long fragmentCount = Math.round(bytes * fragmentShare / fragmentBytes);
        List<Piece> pieces = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            long until = healthyCount * (run + 1) / (runs + 1);
            for (long i = healthyCount * run / (runs + 1); i < until; i++) {
                pieces.add(new Piece(0, 0));
            }
            for (long i = fragmentCount * run / runs; run < runs && i < fragmentCount * (run + 1) / runs; i++) {
                pieces.add(new Piece(1, (int) (i % (HEALTHY_ROWS / FRAGMENT_ROWS))));
            }
        }
        Path file = folder.resolve("mixed-" + bytes + ".parquet");
        ArrangedFile.write(List.of(healthy, parts), file, pieces);
        return file;
    }
}
