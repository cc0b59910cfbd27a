package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.FileScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A small file whose values rise, so that readers can skip by what it says, in which one or two numbers are told twice,
 * differently.
 *
 * @param script writes it
 * @param honest the same without contradictions
 * @param contradictions what is told otherwise, and where; for people
 */
public record ContradictoryFile(FileScript script, FileScript honest, List<String> contradictions) {
    /** How many kinds of contradictions there are. */
    public static final int KINDS =
            Contradiction.all().size() + RowGroupContradiction.all().size();

    public ContradictoryFile {
        contradictions = List.copyOf(contradictions);
    }

    /** The same file for the same seed. So many seeds in a row as there are kinds tell each of them. */
    public static ContradictoryFile of(long seed) {
        FileScript honest = new RisingFile(new Random(seed)).file();
        Random random = new Random(seed);
        FileScript script = new RisingFile(random).file();
        List<String> told = new ArrayList<>();
        told.add(contradict(script, Math.floorMod(seed, KINDS), random));
        if (random.nextBoolean()) {
            told.add(contradict(script, random.nextInt(KINDS), random));
        }
        return new ContradictoryFile(script, honest, told);
    }

    /** Makes one chunk, or a column's chunks of all row groups, or row groups tell something else. */
    private static String contradict(FileScript file, int kind, Random random) {
        List<Contradiction> ofChunks = Contradiction.all();
        if (kind >= ofChunks.size()) {
            RowGroupContradiction contradiction = RowGroupContradiction.all().get(kind - ofChunks.size());
            contradiction.telling().in(file, random);
            return contradiction.name();
        }
        Contradiction contradiction = ofChunks.get(kind);
        int leaf = random.nextInt(file.leaves().size());
        int only = random.nextInt(3) == 0 ? -1 : random.nextInt(file.rowGroups().size());
        for (int group = 0; group < file.rowGroups().size(); group++) {
            boolean hasRows = file.rowGroups().get(group).rows() > 0;
            if (hasRows && (only < 0 || only == group)) {
                contradiction.telling().in(file.rowGroups().get(group).chunks().get(leaf), random);
            }
        }
        return "%s (leaf %d, row group %s)".formatted(contradiction.name(), leaf, only < 0 ? "any" : only);
    }
}
