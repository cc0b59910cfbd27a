package io.glulam.merge;

import io.glulam.merge.PassedOver.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The inputs of a merge, and what lay beside them.
 *
 * @param candidates in the order of the outputs' rows
 * @param passedOver the first of the files that are no inputs, at most {@value #MAX_NAMED}
 * @param passedOverCounts how many files were passed over, for each reason
 */
public record FoundInputs(
        List<Candidate> candidates, List<PassedOver> passedOver, Map<Reason, Integer> passedOverCounts) {
    /** Files passed over that are named. */
    public static final int MAX_NAMED = 1000;

    /** Files that were named one by one. */
    public static FoundInputs of(List<Candidate> candidates) {
        return new FoundInputs(Collections.unmodifiableList(candidates), List.of(), Map.of());
    }

    /** Collects inputs. Not thread-safe. */
    public static final class Builder {
        private final List<Candidate> candidates = new ArrayList<>();
        private final Set<String> keys = new HashSet<>();
        private final List<PassedOver> passedOver = new ArrayList<>();
        private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);

        /** Adds an input; false if it was added before. */
        public boolean add(Candidate candidate) {
            String key = Path.of(candidate.object().key())
                    .toAbsolutePath()
                    .normalize()
                    .toString();
            if (!keys.add(key)) {
                return false;
            }
            candidates.add(candidate);
            return true;
        }

        /** Notes a file that is no input. */
        public void pass(String name, Reason reason) {
            counts.merge(reason, 1, Integer::sum);
            if (passedOver.size() < MAX_NAMED) {
                passedOver.add(new PassedOver(name, reason));
            }
        }

        public FoundInputs build() {
            return new FoundInputs(
                    Collections.unmodifiableList(candidates), List.copyOf(passedOver), Map.copyOf(counts));
        }
    }
}
