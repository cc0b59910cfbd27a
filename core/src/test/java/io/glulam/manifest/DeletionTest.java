package io.glulam.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.manifest.Deletion.Sighting;
import io.glulam.storage.ObjectFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a journal may delete. */
class DeletionTest {
    private static final RecordedInput RECORDED =
            new RecordedInput("/in/a.parquet", 5, "(ino=7):5:100", 2, true, 0, List.of("part-00000.parquet"));

    private static ObjectFacts facts(long size, String version) {
        return new ObjectFacts("/in/a.parquet", size, version, Instant.EPOCH, null);
    }

    private static final ObjectFacts SAME = facts(5, "(dev=1,ino=7):5:100");

    @Test
    void theVersionThatWasMergedIsDeleted() {
        assertThat(Deletion.of(RECORDED, new Sighting(true, true, SAME))).isEqualTo(Deletion.DELETE);
        assertThat(Deletion.of(RECORDED, new Sighting(true, true, null))).isEqualTo(Deletion.GONE);
        assertThat(Deletion.of(RECORDED, new Sighting(true, false, null))).isEqualTo(Deletion.GONE);
    }

    @Test
    void anotherVersionStays() {
        for (ObjectFacts other : List.of(
                facts(6, "(dev=1,ino=7):5:100"), facts(5, "(dev=1,ino=8):5:100"), facts(5, "(dev=1,ino=7):5:101"))) {
            assertThat(Deletion.of(RECORDED, new Sighting(true, true, other))).isEqualTo(Deletion.CHANGED);
        }
    }

    @Test
    void whatWasNotMergedWholeStays() {
        RecordedInput partly = new RecordedInput(
                RECORDED.name(), RECORDED.size(), RECORDED.version(), 1, false, 0, RECORDED.outputs());
        assertThat(Deletion.of(partly, new Sighting(true, true, SAME))).isEqualTo(Deletion.NOT_MERGED);
        assertThat(Deletion.of(null, new Sighting(true, true, SAME))).isEqualTo(Deletion.NOT_MERGED);
    }

    @Test
    void whatTheArgumentsDoNotLeadToStays() {
        assertThat(Deletion.of(RECORDED, new Sighting(false, false, null))).isEqualTo(Deletion.NOT_NAMED);
        assertThat(Deletion.of(RECORDED, new Sighting(true, false, SAME))).isEqualTo(Deletion.NOT_TAKEN);
    }
}
