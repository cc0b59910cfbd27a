package io.glulam.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.storage.KeyOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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

    private List<String> list(String prefix, String after, int most, int maxNames) {
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
                        maxNames)
                .list(folder, "");
        return found;
    }

    @Test
    void anyPrefixFromAnyKeyOn() {
        List<String> there = KEYS.stream()
                .filter(key -> !key.equals("a/b"))
                .sorted(KeyOrder.INSTANCE)
                .toList();
        List<String> starts = new ArrayList<>(KEYS);
        starts.addAll(List.of("", "a/", "a/b/", "a/b/c0", "zz", "a-b"));
        for (int maxNames : List.of(1, 2, 100)) {
            for (String prefix : List.of("", "a", "a/", "a/b", "a/b/", "a/b/c", "none", "b/z")) {
                for (String after : starts) {
                    assertThat(list(prefix, after, 100, maxNames))
                            .as("%s after %s, %d names at once", prefix, after, maxNames)
                            .isEqualTo(there.stream()
                                    .filter(key -> key.startsWith(prefix) && KeyOrder.INSTANCE.compare(key, after) > 0)
                                    .toList());
                }
            }
        }
        assertThat(list("", "", 3, 100)).isEqualTo(there.subList(0, 3));
    }

    @Test
    void theOrderIsThatOfBytes() {
        List<String> keys =
                List.of("", "a", "a!", "a/b", "a0", "ab", "\uE000", "\uFFFD", "\uD83D\uDE00", "\uD83D\uDE01x");
        List<String> shuffled = new ArrayList<>(keys);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.sort(KeyOrder.INSTANCE);

        assertThat(shuffled).isEqualTo(keys);
    }
}
