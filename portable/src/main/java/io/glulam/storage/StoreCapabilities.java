package io.glulam.storage;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * The capabilities of a store. Callers go by this, never by which store it is.
 *
 * @param remote whether every read is a request over a network: sources are staged then
 * @param parts how a new object is put together
 * @param conditionalSource whether copying can be made to depend on the source's version
 * @param conditionalPublish whether publishing can be made to depend on what is there; otherwise Glulam checks it just
 *     before, and a race is possible
 * @param suffixRanges whether the last bytes can be read without knowing the size
 * @param requestBytes bytes that a request could transfer in the time until its answer begins: latency × bandwidth. Fetching
 *     fewer bytes along is quicker than one request more
 */
public record StoreCapabilities(
        boolean remote,
        PartLimits parts,
        boolean conditionalSource,
        boolean conditionalPublish,
        boolean suffixRanges,
        long requestBytes) {
    /** Of object stores: 50 ms, at the 90 MB/s that one request gets. */
    public static final long USUAL_REQUEST_BYTES = 4_500_000;

    /** The local file system. */
    public static final StoreCapabilities LOCAL = new StoreCapabilities(false, PartLimits.NONE, false, true, true, 0);

    /** Returns the abilities that the store has. */
    public Set<StoreAbility> abilities() {
        Set<StoreAbility> abilities = EnumSet.noneOf(StoreAbility.class);
        for (StoreAbility ability : StoreAbility.values()) {
            boolean has = switch (ability) {
                case PART_COPY -> parts.copies();
                case CONDITIONAL_SOURCE -> conditionalSource;
                case FREE_PARTS -> !parts.uniform();
                case CONDITIONAL_PUBLISH -> conditionalPublish;
                case SUFFIX_RANGES -> suffixRanges;
            };
            if (has) {
                abilities.add(ability);
            }
        }
        return abilities;
    }

    /** Returns the capabilities of a store of this kind that has exactly these abilities. */
    public StoreCapabilities with(Set<StoreAbility> abilities) {
        PartLimits limits = new PartLimits(
                parts.smallest(),
                parts.largest(),
                parts.most(),
                !abilities.contains(StoreAbility.FREE_PARTS),
                abilities.contains(StoreAbility.PART_COPY),
                parts.smallestSource());
        return new StoreCapabilities(
                remote,
                limits,
                abilities.contains(StoreAbility.CONDITIONAL_SOURCE),
                abilities.contains(StoreAbility.CONDITIONAL_PUBLISH),
                abilities.contains(StoreAbility.SUFFIX_RANGES),
                requestBytes);
    }

    /** Returns the capabilities of a store of this kind that lacks some abilities. */
    public StoreCapabilities without(Collection<StoreAbility> lacking) {
        Set<StoreAbility> left = abilities();
        left.removeAll(lacking);
        return with(left);
    }
}
