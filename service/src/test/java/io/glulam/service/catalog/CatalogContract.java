package io.glulam.service.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every catalog must do. */
abstract class CatalogContract {
    private static final Instant TIME = Instant.parse("2026-01-31T12:34:56.789Z");

    private Catalog catalog;

    /** An empty catalog. */
    abstract Catalog open();

    /** Ids that a dataset can have there, in their order. */
    List<String> ids() {
        return List.of("a", "b ? ' \" ; --", "uuid");
    }

    @BeforeEach
    void openCatalog() {
        catalog = open();
        catalog.check();
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    private String id() {
        return ids().get(1);
    }

    private Dataset find() {
        return catalog.find(id()).orElseThrow();
    }

    @Test
    void findsWhatWasAdded() {
        assertThat(catalog.add(id(), "a/b.parquet", true)).isTrue();

        Dataset dataset = find();

        assertThat(dataset.id()).isEqualTo(id());
        assertThat(dataset.key()).isEqualTo("a/b.parquet");
        assertThat(dataset.compactionNeeded()).isTrue();
        assertThat(dataset.lastCompactedAt()).isNull();
        assertThat(dataset.fileSizeBytes()).isNull();
        assertThat(dataset.version()).isNotEmpty();
    }

    @Test
    void anUnknownIdIsEmpty() {
        assertThat(catalog.find(ids().get(0))).isEmpty();
        assertThat(catalog.find("no such thing")).isEmpty();
        assertThat(catalog.find("x".repeat(100))).isEmpty();
    }

    @Test
    void addsAnIdOnce() {
        assertThat(catalog.add(id(), "first", false)).isTrue();

        assertThat(catalog.add(id(), "second", true)).isFalse();
        assertThat(find().key()).isEqualTo("first");
    }

    @Test
    void clearsTheFlagOfARowThatNobodyChanged() {
        catalog.add(id(), "key", true);
        DatasetUpdate update = new DatasetUpdate(TIME, 4711, find().version());

        assertThat(catalog.update(id(), update)).isEqualTo(UpdateResult.FLAG_CLEARED);
        assertThat(find())
                .extracting(Dataset::compactionNeeded, Dataset::lastCompactedAt, Dataset::fileSizeBytes)
                .containsExactly(false, TIME, 4711L);
    }

    @Test
    void keepsTheFlagOfARowThatSomebodyChanged() {
        catalog.add(id(), "key", true);
        String read = find().version();
        catalog.flag(id());

        assertThat(catalog.update(id(), new DatasetUpdate(TIME, 4711, read))).isEqualTo(UpdateResult.FLAG_KEPT);
        assertThat(find())
                .extracting(Dataset::compactionNeeded, Dataset::lastCompactedAt, Dataset::fileSizeBytes)
                .containsExactly(true, TIME, 4711L);
    }

    @Test
    void keepsTheFlagWhereThatIsAskedFor() {
        catalog.add(id(), "key", true);

        assertThat(catalog.update(id(), new DatasetUpdate(TIME, 1, null))).isEqualTo(UpdateResult.FLAG_KEPT);
        assertThat(find().compactionNeeded()).isTrue();
    }

    @Test
    void updatingTwiceIsUpdatingOnce() {
        catalog.add(id(), "key", true);
        DatasetUpdate update = new DatasetUpdate(TIME, 4711, find().version());
        catalog.update(id(), update);
        Dataset once = find();

        assertThat(catalog.update(id(), update)).isEqualTo(UpdateResult.FLAG_CLEARED);
        assertThat(find()).isEqualTo(once);
    }

    @Test
    void leavesTheTimeAsItIsWhereNothingWasDone() {
        catalog.add(id(), "key", true);
        catalog.update(id(), new DatasetUpdate(TIME, 1, find().version()));
        catalog.flag(id());

        catalog.update(id(), new DatasetUpdate(null, 2, find().version()));

        assertThat(find())
                .extracting(Dataset::compactionNeeded, Dataset::lastCompactedAt, Dataset::fileSizeBytes)
                .containsExactly(false, TIME, 2L);
    }

    @Test
    void tellsAMissingRowFromAnUpdatedOne() {
        assertThat(catalog.update(ids().get(0), new DatasetUpdate(TIME, 1, "v")))
                .isEqualTo(UpdateResult.MISSING);
        assertThat(catalog.flag(ids().get(0))).isFalse();
    }

    @Test
    void updatesOneRowOnly() {
        ids().forEach(each -> catalog.add(each, "key of " + each, true));

        catalog.update(id(), new DatasetUpdate(TIME, 1, find().version()));

        assertThat(catalog.list("", true, 10)).extracting(Dataset::id).containsExactly(ids().get(0), ids().get(2));
    }

    @Test
    void listsInTheOrderOfIdsFromAnyOfThemOn() {
        ids().forEach(each -> catalog.add(each, "key", !each.equals(id())));

        assertThat(catalog.list("", false, 10)).extracting(Dataset::id).isEqualTo(ids());
        assertThat(catalog.list("", false, 2)).extracting(Dataset::id).isEqualTo(ids().subList(0, 2));
        assertThat(catalog.list(ids().get(0), false, 10))
                .extracting(Dataset::id)
                .isEqualTo(ids().subList(1, 3));
        assertThat(catalog.list("", true, 10)).extracting(Dataset::id).containsExactly(ids().get(0), ids().get(2));
    }

    @Test
    void findsDatasetsByTheKeysOfTheirObjects() {
        List<String> keys = List.of("a, (b).\"c\"\\", "both", "both");
        for (int i = 0; i < 3; i++) {
            catalog.add(ids().get(i), keys.get(i), false);
        }

        assertThat(catalog.withKeys(List.of())).isEmpty();
        assertThat(catalog.withKeys(List.of("none", keys.get(0))))
                .extracting(Dataset::id)
                .containsExactly(ids().get(0));
        List<String> many = IntStream.range(0, 1300)
                .mapToObj(i -> i == 7 ? "both" : i + " none, of them")
                .toList();
        assertThat(catalog.withKeys(many))
                .extracting(Dataset::id)
                .containsExactlyInAnyOrder(ids().get(1), ids().get(2));
    }

    @Test
    void changesAKeyThatIsWhatItWas() {
        catalog.add(id(), "old", true);

        assertThat(catalog.changeKey(id(), "old", "new")).isTrue();
        assertThat(catalog.changeKey(id(), "old", "new")).as("again").isTrue();
        assertThat(catalog.changeKey(id(), "other", "newer")).isFalse();
        assertThat(find().key()).isEqualTo("new");
    }

    @Test
    void flaggingChangesTheVersion() {
        catalog.add(id(), "key", false);
        String before = find().version();

        assertThat(catalog.flag(id())).isTrue();
        assertThat(find().compactionNeeded()).isTrue();
        assertThat(find().version()).isNotEqualTo(before);
    }
}
