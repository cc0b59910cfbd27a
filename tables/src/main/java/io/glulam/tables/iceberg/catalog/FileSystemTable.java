package io.glulam.tables.iceberg.catalog;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * A table whose versions are files {@code metadata/vN.metadata.json} (specification, File System Tables). A commit creates
 * the next one, which fails if another writer was first.
 */
final class FileSystemTable implements TableOperations {
    private static final String HINT = "version-hint.text";
    private static final Pattern VERSION = Pattern.compile("v([0-9]{1,9})(\\.gz)?\\.metadata\\.json(\\.gz)?");

    private final Path folder;
    private final FileIO io;
    private @Nullable TableMetadata current;
    private int version = -1;

    FileSystemTable(String location, FileIO io) {
        this.folder = Path.of(location);
        this.io = io;
    }

    private Path metadataFolder() {
        return folder.resolve("metadata");
    }

    @Override
    public @Nullable TableMetadata current() {
        return current == null ? refresh() : current;
    }

    /** Reads the newest version; the hint, which can be old, is not needed where a folder can be listed. */
    @Override
    public @Nullable TableMetadata refresh() {
        Newest newest = newest();
        if (newest == null) {
            return null;
        }
        if (newest.version() != version) {
            current = TableMetadataParser.read(io, newest.file().toString());
            version = newest.version();
        }
        return current;
    }

    private record Newest(int version, Path file) {}

    private @Nullable Newest newest() {
        if (!Files.isDirectory(metadataFolder())) {
            return null;
        }
        try (Stream<Path> files = Files.list(metadataFolder())) {
            Optional<Newest> newest = files.map(FileSystemTable::versioned)
                    .flatMap(Optional::stream)
                    .max((a, b) -> Integer.compare(a.version(), b.version()));
            return newest.orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Newest> versioned(Path file) {
        Matcher matcher = VERSION.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Optional.of(new Newest(Integer.parseInt(matcher.group(1)), file)) : Optional.empty();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Iceberg hands back what current() gave.
    public void commit(TableMetadata base, TableMetadata changed) {
        if (base != current()) {
            throw new CommitFailedException("the table has changed meanwhile");
        }
        if (!changed.location().equals(base.location())) {
            throw new Unsupported(Place.of(folder.toString()), "a table of a hadoop catalog cannot move", null);
        }
        int next = version + 1;
        String codec =
                changed.property(TableProperties.METADATA_COMPRESSION, TableProperties.METADATA_COMPRESSION_DEFAULT);
        Path target = metadataFolder().resolve("v" + next + TableMetadataParser.getFileExtension(codec));
        try {
            TableMetadataParser.write(changed, io.newOutputFile(target.toString()));
        } catch (AlreadyExistsException e) {
            throw new CommitFailedException(e, "another writer has made version %s", next);
        }
        writeHint(next);
        current = null;
        version = -1;
        refresh();
    }

    /** For readers that do not list; one that is missing or old makes them look for newer versions themselves. */
    private void writeHint(int newest) {
        Path temporary = metadataFolder().resolve(UUID.randomUUID() + "-" + HINT + ".temp");
        try {
            Files.writeString(temporary, Integer.toString(newest), StandardCharsets.UTF_8);
            Files.move(
                    temporary,
                    metadataFolder().resolve(HINT),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // The version is there, and the hint is one only.
            temporary.toFile().delete();
        }
    }

    @Override
    public FileIO io() {
        return io;
    }

    @Override
    public String metadataFileLocation(String name) {
        TableMetadata known = current();
        String location = known == null ? null : known.properties().get(TableProperties.WRITE_METADATA_LOCATION);
        return (location == null ? metadataFolder().toString() : location) + "/" + name;
    }

    @Override
    public LocationProvider locationProvider() {
        TableMetadata known = java.util.Objects.requireNonNull(current());
        return LocationProviders.locationsFor(known.location(), known.properties());
    }
}
