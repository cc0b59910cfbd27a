package io.glulam.inputs;

import io.glulam.inputs.PassedOver.Reason;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.Traffic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a merge, and what lay beside them.
 *
 * @param candidates in the order of the outputs' rows
 * @param passedOver the first of the files that are no inputs, at most {@value #MAX_NAMED}
 * @param passedOverCounts how many files were passed over, for each reason
 * @param listings what the listings of stores saw besides
 * @param roots the folders in which files were searched for, by absolute keys with a slash at their ends
 */
public record FoundInputs(
        List<Candidate> candidates,
        List<PassedOver> passedOver,
        Map<Reason, Integer> passedOverCounts,
        Listings listings,
        List<ObjectRef> roots) {
    /** Files passed over that are named. */
    public static final int MAX_NAMED = 1000;

    /**
     * Facts that the listings of stores show besides files.
     *
     * @param folders the folders that the listings began in; everything that was listed lies in them or below
     * @param whole those of which everything was listed
     * @param tables folders of tables whose metadata was listed
     * @param traffic the requests that the listings took
     */
    public record Listings(List<ObjectRef> folders, Set<ObjectRef> whole, List<ObjectRef> tables, Traffic traffic) {
        /** Nothing was listed. */
        public static final Listings NONE = new Listings(List.of(), Set.of(), List.of(), Traffic.NONE);
    }

    /** Files that were named one by one. */
    public static FoundInputs of(List<Candidate> candidates) {
        return new FoundInputs(Collections.unmodifiableList(candidates), List.of(), Map.of(), Listings.NONE, List.of());
    }

    /**
     * Returns where an object lies by its absolute name, if a folder that was searched leads to it; null otherwise. It need
     * not be there.
     */
    public @Nullable ObjectRef locate(String name) {
        for (ObjectRef root : roots) {
            String start = root.name();
            if (name.startsWith(start) && !isLeadingOut(name.substring(start.length()))) {
                return root.sibling(root.key() + name.substring(start.length()));
            }
        }
        return null;
    }

    private static boolean isLeadingOut(String path) {
        return Arrays.stream(path.split("/", -1))
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    /** Returns a collection that has all of this but the candidates. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.passedOver.addAll(passedOver);
        builder.counts.putAll(passedOverCounts);
        builder.roots.addAll(roots);
        builder.folders.addAll(listings.folders());
        builder.whole.addAll(listings.whole());
        builder.tables.addAll(listings.tables());
        builder.traffic = listings.traffic();
        return builder;
    }

    /** Collects inputs. Not thread-safe. */
    public static final class Builder {
        private final List<Candidate> candidates = new CandidateList();
        private final TextSet identities =
                new TextSet(number -> candidates.get(number).object().fullName());
        private final List<PassedOver> passedOver = new ArrayList<>();
        private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        private final List<ObjectRef> folders = new ArrayList<>();
        private final Set<ObjectRef> whole = new HashSet<>();
        private final Set<ObjectRef> tables = new LinkedHashSet<>();
        private final List<ObjectRef> roots = new ArrayList<>();
        private Traffic traffic = Traffic.NONE;

        /** Adds an input; false if it was added before. */
        public boolean add(Candidate candidate) {
            if (!identities.add(candidate.object().fullName())) {
                return false;
            }
            candidates.add(candidate);
            return true;
        }

        /** Notes a folder of this machine that is searched for files. */
        void searched(Path folder) {
            String name = folder.toAbsolutePath().normalize().toString();
            roots.add(new ObjectRef(LocalStore.INSTANCE, name.endsWith("/") ? name : name + "/"));
        }

        /**
         * Notes a listing and the folder that it began in.
         *
         * @param all whether everything in the folder and below was listed
         */
        void listed(ObjectRef folder, boolean all, Traffic requests) {
            folders.add(folder);
            if (all) {
                whole.add(folder);
            }
            roots.add(folder);
            traffic = traffic.plus(requests);
        }

        /** Notes the folder of a table whose metadata was seen. */
        void table(ObjectRef folder) {
            tables.add(folder);
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
                    Collections.unmodifiableList(candidates),
                    List.copyOf(passedOver),
                    Map.copyOf(counts),
                    new Listings(List.copyOf(folders), Set.copyOf(whole), List.copyOf(tables), traffic),
                    List.copyOf(roots));
        }
    }
}
