package io.glulam.service.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is listed as a store lists its keys, from any key on, however few names are held at once. */
class FolderListingTest {
    private static final List<String> KEYS = List.of(
            "a!", "a-b/x", "a.b", "a/b", "a/b.c/d", "a/b/c", "a/b0", "a0", "ab", "b/z", "\uE000", "\uD83D\uDE00");

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String key : KEYS) {
            if (!key.equals("a/b")) {
                Path file = folder.resolve(key);
                Files.createDirectories(file.getParent());
                Files.writeString(file, key);
            }
        }
        Files.createSymbolicLink(folder.resolve("link"), folder);
        Files.createDirectory(folder.resolve("empty"));
    }

    private List<String> list(String prefix, String after, int most, int mostNames) {
        List<String> found = new ArrayList<>();
        new FolderListing(
                        prefix,
                        after,
                        head -> {
                            if (found.size() == most) {
                                return false;
                            }
                            found.add(head.key());
                            return true;
                        },
                        mostNames)
                .list(folder);
        return found;
    }

    @Test
    void anyPrefixFromAnyKeyOn() {
        List<String> there = KEYS.stream()
                .filter(key -> !key.equals("a/b"))
                .sorted(Keys.ORDER)
                .toList();
        List<String> starts = new ArrayList<>(KEYS);
        starts.addAll(List.of("", "a/", "a/b/", "a/b/c0", "zz", "a-b"));
        for (int mostNames : List.of(1, 2, 100)) {
            for (String prefix : List.of("", "a", "a/", "a/b", "a/b/", "a/b/c", "none", "b/z")) {
                for (String after : starts) {
                    assertThat(list(prefix, after, 100, mostNames))
                            .as("%s behind %s, %d names at once", prefix, after, mostNames)
                            .isEqualTo(there.stream()
                                    .filter(key -> key.startsWith(prefix) && Keys.ORDER.compare(key, after) > 0)
                                    .toList());
                }
            }
        }
        assertThat(list("", "", 3, 100)).isEqualTo(there.subList(0, 3));
    }
}
