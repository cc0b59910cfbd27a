package io.glulam.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.plan.OutputGroup.MergedGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    @Test
    void aPlanTellsWhatBecomesOfEachRowGroupAndHowEachColumnMoves() {
        assertThat(PlanText.of(Plans.typical())).isEqualTo("""
                events.parquet: 56 row groups (75.1 MiB) become 4 (about 73.8 MiB)
                  kept         8.6 MiB   11.4 %
                  moved       49.0 MiB   65.3 %
                  remapped     7.9 MiB   10.6 %
                  coalesced   48.8 KiB    0.1 %
                  recoded      9.5 MiB   12.7 %

                row group  sources        rows    before  expected  how
                        0  [0-50]    1,044,480  65.8 MiB  64.5 MiB  merged from 51
                        1  [51]         80,000   4.8 MiB   4.8 MiB  kept, HEALTHY
                        2  [53, 55]      4,000   781 KiB   747 KiB  merged from 2
                        3  [54]         70,000   3.8 MiB   3.8 MiB  kept, HEALTHY
                        -  [52]              0                      dropped, NO_ROWS

                Columns of row group 0
                column             tier    reason                  moved  remapped  coalesced  recoded  expected
                event_id           join    NO_DICTIONARY        47.7 MiB         -          -        -  47.7 MiB
                kind               remap   DICTIONARIES_DIFFER   879 KiB   7.7 MiB          -        -   7.7 MiB
                tags.list.element  recode  CODECS_DIFFER               -         -          -  9.5 MiB   9.1 MiB

                Columns of row group 2
                column             tier      reason                     moved  remapped  coalesced  recoded  expected
                event_id           join      NO_DICTIONARY            488 KiB         -          -        -   488 KiB
                kind               remap     DICTIONARIES_DIFFER     24.4 KiB   220 KiB          -        -   220 KiB
                tags.list.element  coalesce  PAGES_FAR_UNDER_TARGET         -         -   48.8 KiB        -  39.1 KiB

                Samples
                column             windows   values     read  distinct  cheapest  expected  becomes
                tags.list.element        5  100,000  195 KiB        12   9.5 MiB   9.1 MiB  RLE_DICTIONARY

                reason                  meaning
                HEALTHY                 The row group is large enough.
                NO_ROWS                 The row group holds no rows.
                NO_DICTIONARY           No fragment has a dictionary, so that its pages move as they are.
                DICTIONARIES_DIFFER     The dictionaries differ: their union is written and the indices are renumbered.
                PAGES_FAR_UNDER_TARGET  The pages are far under their target size.
                CODECS_DIFFER           The fragments are compressed with different codecs.
                """);
    }

    @Test
    void anotherCodecIsNamed() {
        Plan kept = Plans.typical();
        Settings settings = kept.settings()
                .withForm(kept.settings().form().withCompression(new Compression(CompressionCodec.ZSTD, 9)));
        Plan changed = new Plan(
                kept.source(), settings, kept.columns(), kept.sourceRowGroups(), kept.groups(), kept.dropped());

        assertThat(PlanText.of(changed)).contains("\nMerged row groups are compressed with ZSTD at level 9.\n");
        assertThat(PlanText.of(kept)).doesNotContain("What is merged");
    }

    @Test
    void linesAreMadeToFit() {
        assertThat(PlanText.of(Plans.empty(), 60)).isEqualTo("""
                small.parquet: nothing to do, 1 row group stays as before

                row group  sources  rows  before  expected  how
                        0  [0]        10   700 B     700 B  kept,
                                                            NOTHING_TO_MERGE_WITH

                reason                 meaning
                NOTHING_TO_MERGE_WITH  There is no other row group that this
                                       fragment could be merged with.
                """);
    }

    @Test
    void columnsWithoutANumberAreLeftOutWhereTheWidthDoesNotSuffice() {
        List<OutputGroup> groups = List.of(new MergedGroup(
                RowGroups.range(0, 1),
                1_000_000,
                100 << 20,
                List.of(new ColumnPlan(0, Tier.JOIN, Reason.NO_DICTIONARY, 40 << 20, 0, 0, 0, 40 << 20, null, null))));
        Plan plan = new Plan(
                Plans.typical().source(), Plans.typical().settings(), List.of("id"), 2, groups, RowGroups.NONE);

        assertThat(PlanText.of(plan, 60)).contains("""
                column  tier  reason            moved  expected
                id      join  NO_DICTIONARY  40.0 MiB  40.0 MiB
                """);
    }

    @Test
    void anEmptyPlanSaysWhyThereIsNothingToDo() {
        assertThat(PlanText.of(Plans.empty())).isEqualTo("""
                small.parquet: nothing to do, 1 row group stays as before

                row group  sources  rows  before  expected  how
                        0  [0]        10   700 B     700 B  kept, NOTHING_TO_MERGE_WITH

                reason                 meaning
                NOTHING_TO_MERGE_WITH  There is no other row group that this fragment could be merged with.
                """);
    }

    @Test
    void columnsOfManyRowGroupsAreSummedUp() {
        List<OutputGroup> groups = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            groups.add(new MergedGroup(
                    RowGroups.range(2 * i, 2 * i + 1),
                    1_000_000,
                    100 << 20,
                    List.of(
                            new ColumnPlan(0, Tier.JOIN, Reason.NO_DICTIONARY, 40 << 20, 0, 0, 0, 40 << 20, null, null),
                            i < 6
                                    ? new ColumnPlan(
                                            1,
                                            Tier.REMAP,
                                            Reason.DICTIONARIES_DIFFER,
                                            0,
                                            60 << 20,
                                            0,
                                            0,
                                            50 << 20,
                                            null,
                                            null)
                                    : new ColumnPlan(
                                            1,
                                            Tier.RECODE,
                                            Reason.UNION_DICTIONARY_OVER_CAP,
                                            0,
                                            0,
                                            0,
                                            60 << 20,
                                            55 << 20,
                                            new Recoding(Encoding.PLAIN, null),
                                            null))));
        }
        Plan plan = new Plan(
                new SourceIdentity("many.parquet", 1L << 30, "v"),
                Settings.defaults(),
                List.of("id", "na\u001b[2Jme"),
                16,
                groups,
                RowGroups.NONE);
        assertThat(PlanText.of(plan)).isEqualTo("""
                many.parquet: 16 row groups (800 MiB) become 8 (about 730 MiB)
                  moved        320 MiB   40.0 %
                  remapped     360 MiB   45.0 %
                  recoded      120 MiB   15.0 %

                row group  sources       rows   before  expected  how
                        0  [0-1]    1,000,000  100 MiB  90.0 MiB  merged from 2
                        1  [2-3]    1,000,000  100 MiB  90.0 MiB  merged from 2
                        2  [4-5]    1,000,000  100 MiB  90.0 MiB  merged from 2
                        3  [6-7]    1,000,000  100 MiB  90.0 MiB  merged from 2
                        4  [8-9]    1,000,000  100 MiB  90.0 MiB  merged from 2
                        5  [10-11]  1,000,000  100 MiB  90.0 MiB  merged from 2
                        6  [12-13]  1,000,000  100 MiB  95.0 MiB  merged from 2
                        7  [14-15]  1,000,000  100 MiB  95.0 MiB  merged from 2

                Columns of the 8 merged row groups
                column    tier    reason                       moved  remapped  coalesced  recoded  expected            in
                id        join    NO_DICTIONARY              320 MiB         -          -        -   320 MiB  8 row groups
                na?[2Jme  remap   DICTIONARIES_DIFFER              -   360 MiB          -        -   300 MiB  6 row groups
                na?[2Jme  recode  UNION_DICTIONARY_OVER_CAP        -         -          -  120 MiB   110 MiB  2 row groups

                reason                     meaning
                NO_DICTIONARY              No fragment has a dictionary, so that its pages move as they are.
                DICTIONARIES_DIFFER        The dictionaries differ: their union is written and the indices are renumbered.
                UNION_DICTIONARY_OVER_CAP  The union of the dictionaries is larger than its cap.
                """);
    }

    @Test
    void manyRangesOfSourcesAreShortened() {
        RowGroups.Builder even = new RowGroups.Builder();
        List<OutputGroup> groups = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            even.add(2 * i);
            groups.add(new OutputGroup.KeptGroup(2 * i + 1, Reason.HEALTHY, 1, 1));
        }
        groups.add(new MergedGroup(even.build(), 10, 10, List.of()));
        Plan plan =
                new Plan(new SourceIdentity("f", 1, "v"), Settings.defaults(), List.of(), 20, groups, RowGroups.NONE);
        assertThat(PlanText.of(plan)).contains("0-9  [1, 3, 5, ... 19]").contains("10  [0, 2, 4, ... 18]");
    }
}
