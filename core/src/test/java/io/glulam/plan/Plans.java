package io.glulam.plan;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Plans to test with. */
final class Plans {
    private static final String[] COLUMNS = {"event_id", "kind", "tags.list.element"};

    private Plans() {}

    /** Row groups 0–50 merged by three tiers, 51 healthy, 52 empty, 53 and 55 merged, 54 healthy. */
    static Plan typical() {
        return new Plan(
                new SourceIdentity("events.parquet", 83_000_000, "\"5d41402a\""),
                Settings.defaults(),
                List.of(COLUMNS),
                56,
                List.of(
                        new MergedGroup(
                                RowGroups.range(0, 50),
                                1_044_480,
                                69_000_000,
                                List.of(
                                        joined(0, 50_000_000),
                                        remapped(1, 9_000_000),
                                        new ColumnPlan(
                                                2,
                                                Tier.RECODE,
                                                Reason.CODECS_DIFFER,
                                                0,
                                                0,
                                                0,
                                                10_000_000,
                                                9_500_000,
                                                new Recoding(Encoding.PLAIN, Encoding.RLE_DICTIONARY),
                                                new Sample(5, 100_000, 200_000, 12, 10_000_000)))),
                        new KeptGroup(51, Reason.HEALTHY, 80_000, 5_000_000),
                        new MergedGroup(
                                RowGroups.of(53, 55),
                                4_000,
                                800_000,
                                List.of(
                                        joined(0, 500_000),
                                        remapped(1, 250_000),
                                        new ColumnPlan(
                                                2,
                                                Tier.COALESCE,
                                                Reason.PAGES_FAR_UNDER_TARGET,
                                                0,
                                                0,
                                                50_000,
                                                0,
                                                40_000,
                                                null,
                                                null))),
                        new KeptGroup(54, Reason.HEALTHY, 70_000, 4_000_000)),
                RowGroups.range(52, 52));
    }

    static Plan empty() {
        return new Plan(
                new SourceIdentity("small.parquet", 1_000, "v1"),
                Settings.defaults(),
                List.of("a"),
                1,
                List.of(new KeptGroup(0, Reason.NOTHING_TO_MERGE_WITH, 10, 700)),
                RowGroups.NONE);
    }

    /** A plan that merges stretches of a random length. */
    static Plan random(Random random) {
        int columns = 1 + random.nextInt(4);
        int rowGroups = random.nextInt(60);
        List<OutputGroup> groups = new ArrayList<>();
        RowGroups.Builder dropped = new RowGroups.Builder();
        for (int next = 0; next < rowGroups; ) {
            int end = Math.min(rowGroups, next + 1 + random.nextInt(5));
            if (end - next > 1) {
                groups.add(merged(next, end - 1, columns, random));
            } else if (random.nextInt(5) == 0) {
                dropped.add(next);
            } else {
                groups.add(new KeptGroup(next, Reason.HEALTHY, random.nextInt(1000), random.nextInt(1_000_000)));
            }
            next = end;
        }
        Settings settings = Settings.defaults()
                .withThreshold(random.nextBoolean() ? Threshold.AUTO : new Threshold.Fixed(1 + random.nextInt(1 << 30)))
                .withTargetBytes(1 + random.nextInt(1 << 30))
                .withMaxRows(1 + random.nextInt(1 << 20))
                .withPages(1 + random.nextInt(1 << 20), 1 + random.nextInt(1 << 20))
                .withOrder(Order.values()[random.nextInt(2)])
                .withEffort(Effort.values()[random.nextInt(3)])
                .withRewrite(Rewrite.values()[random.nextInt(2)])
                .withForm(form(random))
                .withVerify(Verify.values()[random.nextInt(2)])
                .withStrict(random.nextBoolean())
                .withDictionaryCapBytes(random.nextInt(1 << 20));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add("a\"b\\ \n\u2028\ud83d\ude00." + i);
        }
        SourceIdentity source = new SourceIdentity("dir/ü.parquet", random.nextInt(1 << 30), "\"" + random.nextLong());
        return new Plan(source, settings, names, rowGroups, groups, dropped.build());
    }

    private static OutputForm form(Random random) {
        Compression[] compressions = {Compression.KEEP, new Compression(CompressionCodec.ZSTD, 9), null};
        return OutputForm.DEFAULT
                .withCompression(compressions[random.nextInt(3)])
                .withCompatibility(Compatibility.values()[random.nextInt(3)])
                .withReaders(List.of(Reader.values()).subList(0, random.nextInt(4)));
    }

    private static MergedGroup merged(int first, int last, int columns, Random random) {
        List<ColumnPlan> plans = new ArrayList<>();
        for (int leaf = 0; leaf < columns; leaf++) {
            Tier tier = Tier.values()[1 + random.nextInt(Tier.values().length - 1)];
            Encoding indices = random.nextBoolean() ? Encoding.RLE_DICTIONARY : null;
            plans.add(new ColumnPlan(
                    leaf,
                    tier,
                    Reason.values()[random.nextInt(Reason.values().length)],
                    random.nextInt(1 << 30),
                    random.nextInt(1 << 30),
                    random.nextInt(1 << 30),
                    random.nextInt(1 << 30),
                    random.nextInt(1 << 30),
                    tier == Tier.RECODE ? new Recoding(Encoding.DELTA_BYTE_ARRAY, indices) : null,
                    random.nextBoolean() ? new Sample(random.nextInt(9), 1, 2, random.nextInt(9) - 1, 3) : null));
        }
        return new MergedGroup(RowGroups.range(first, last), random.nextInt(1 << 20), random.nextInt(1 << 30), plans);
    }

    private static ColumnPlan joined(int leaf, long bytes) {
        return new ColumnPlan(leaf, Tier.JOIN, Reason.NO_DICTIONARY, bytes, 0, 0, 0, bytes, null, null);
    }

    private static ColumnPlan remapped(int leaf, long bytes) {
        return new ColumnPlan(
                leaf,
                Tier.REMAP,
                Reason.DICTIONARIES_DIFFER,
                bytes / 10,
                bytes - bytes / 10,
                0,
                0,
                bytes / 10 * 9,
                null,
                null);
    }
}
