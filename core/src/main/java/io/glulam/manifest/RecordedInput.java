package io.glulam.manifest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An input whose rows are in the folder.
 *
 * @param name its absolute path, or its address in a store
 * @param size its bytes
 * @param version as {@link io.glulam.storage.RangeReader#version}, without what a restart of the machine can change
 * @param rowGroups how many of its row groups are in the folder, from the first one on
 * @param whole whether these are all of its row groups
 * @param kept number of the lease under which it was moved to the folder of kept inputs; 0 if it was not
 * @param outputs names of the outputs that hold them, in order
 */
public record RecordedInput(
        String name, long size, String version, int rowGroups, boolean whole, long kept, List<String> outputs) {
    public RecordedInput {
        outputs = List.copyOf(outputs);
    }

    /** Returns the same once an output holds its row groups up to {@code end}. */
    public RecordedInput plus(int end, boolean isWhole, String output) {
        List<String> more = new ArrayList<>(outputs);
        more.add(output);
        return new RecordedInput(name, size, version, end, isWhole, 0, more);
    }

    /** Returns the same with its rows in other outputs. */
    RecordedInput in(Collection<String> others) {
        return new RecordedInput(name, size, version, rowGroups, whole, kept, List.copyOf(others));
    }

    /** Returns the same after it was moved to the folder of kept inputs. */
    RecordedInput keptUnder(long fence) {
        return new RecordedInput(name, size, version, rowGroups, whole, fence, outputs);
    }

    /** Returns the same after it was brought back, as this version. */
    RecordedInput broughtBack(String newVersion) {
        return new RecordedInput(name, size, lasting(newVersion), rowGroups, whole, 0, outputs);
    }

    /** Whether it is the same file with the same bytes as one that was found. */
    public boolean is(long otherSize, String otherVersion) {
        return size == otherSize && version.equals(lasting(otherVersion));
    }

    /** A local file's version names the device, whose number another start of the machine may give to another one. */
    static String lasting(String version) {
        return version.startsWith("(dev=") ? "(" + version.substring(version.indexOf(',') + 1) : version;
    }
}
