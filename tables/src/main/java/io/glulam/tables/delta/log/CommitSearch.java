package io.glulam.tables.delta.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.tables.delta.engine.LogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Searches the commits of a log for one of Glulam's, by a tag of its {@code commitInfo}. */
final class CommitSearch {
    /** The tag. */
    static final String RUN = "glulam.run";

    private static final String INFO = "{\"commitInfo\"";

    private final LogStore store;
    private final String location;
    private final ObjectMapper json = new ObjectMapper();

    CommitSearch(LogStore store, String location) {
        this.store = store;
        this.location = location;
    }

    /**
     * Searches.
     *
     * @throws CorruptFile if a commit in between is missing, so that it cannot be told
     */
    OptionalLong find(String run, long from, long to) throws IOException {
        for (long version = to; version >= from; version--) {
            if (run.equals(runOf(version))) {
                return OptionalLong.of(version);
            }
        }
        return OptionalLong.empty();
    }

    private @Nullable String runOf(long version) throws IOException {
        String path = location + String.format(Locale.ROOT, "/_delta_log/%020d.json", version);
        try {
            String commit = new String(store.read(path), StandardCharsets.UTF_8);
            for (Iterator<String> lines = commit.lines().iterator(); lines.hasNext(); ) {
                String line = lines.next();
                if (line.startsWith(INFO)) {
                    JsonNode tag =
                            json.readTree(line).path("commitInfo").path("tags").path(RUN);
                    return tag.textValue();
                }
            }
            return null;
        } catch (FileNotFoundException e) {
            throw new CorruptFile(
                    Place.of(path), "the log does not hold this commit any more", "look at the table's history", e);
        }
    }
}
