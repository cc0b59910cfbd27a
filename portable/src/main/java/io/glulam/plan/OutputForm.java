package io.glulam.plan;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of the pages of merged row groups, and the readers that it is for.
 *
 * @param compression codec and level; null for the effort's own: each column's codec, ZSTD for the smallest
 * @param compatibility the generation of readers that must be able to read it
 * @param readers engines that must be able to read it, in the order of their declaration; none named if empty
 */
public record OutputForm(@Nullable Compression compression, Compatibility compatibility, List<Reader> readers) {
    /** The source's own form, but for what the effort changes. */
    public static final OutputForm DEFAULT = new OutputForm(null, Compatibility.SOURCE, List.of());

    public OutputForm {
        readers = readers.stream().distinct().sorted().toList();
    }

    /** Returns this form with another compression. */
    public OutputForm withCompression(@Nullable Compression other) {
        return new OutputForm(other, compatibility, readers);
    }

    /** Returns this form for another generation of readers. */
    public OutputForm withCompatibility(Compatibility other) {
        return new OutputForm(compression, other, readers);
    }

    /** Returns this form for other engines. */
    public OutputForm withReaders(Collection<Reader> others) {
        return new OutputForm(compression, compatibility, List.copyOf(others));
    }

    /** Returns whether every engine that must read the output knows an encoding, for values of {@code type}. */
    public boolean allows(Encoding encoding, PhysicalType type) {
        return compatibility.knows(encoding) && readers.stream().allMatch(reader -> reader.knows(encoding, type));
    }

    /** Returns whether data pages of that version may stay as they are. */
    public boolean allowsPageVersion(int version) {
        return compatibility.allowsPageVersion(version)
                && readers.stream().allMatch(reader -> version <= reader.pageVersion());
    }

    /** Returns the data page version to write for a column whose own is {@code source}. */
    public int pageVersion(int source) {
        int version = compatibility.pageVersion(source);
        for (Reader reader : readers) {
            version = Math.min(version, reader.pageVersion());
        }
        return version;
    }
}
