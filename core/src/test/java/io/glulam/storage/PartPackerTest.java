package io.glulam.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Generated layouts: every byte in exactly one part, every limit kept, little uploaded of what could be copied. */
class PartPackerTest {
    private static final long SMALLEST = 5L << 20;
    private static final int CASES = 3000;

    private static PartLimits limits(boolean uniform, boolean copies, int most) {
        return new PartLimits(SMALLEST, 5L << 30, most, uniform, copies, 0);
    }

    /** Neighbours differ in kind, or are both copied from different places. */
    private static List<Segment> segments(Random random) {
        List<Segment> segments = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        boolean copied = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            long most = random.nextInt(4) == 0 ? 600L << 20 : random.nextInt(3) == 0 ? 4 << 10 : 30L << 20;
            segments.add(new Segment(1 + (long) (random.nextDouble() * most), copied));
            copied = !copied || random.nextInt(6) == 0;
        }
        return segments;
    }

    private static long size(List<Segment> segments) {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    private interface Check {
        void check(List<Segment> segments, List<Part> parts, PartLimits limits, String seed);
    }

    private static void forEveryCase(Check check) {
        for (long seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            PartLimits limits = limits(random.nextBoolean(), random.nextInt(5) > 0, 10_000);
            List<Segment> segments = segments(random);
            List<Part> parts = PartPacker.of(limits, size(segments)).pack(0, segments, true);
            check.check(segments, parts, limits, "seed " + seed + ", " + limits + ", " + segments);
        }
    }

    @Test
    void everyByteIsInExactlyOnePart() {
        forEveryCase((segments, parts, limits, seed) -> {
            long end = 0;
            for (Part part : parts) {
                assertThat(part.start()).as(seed).isEqualTo(end);
                assertThat(part.length()).as(seed).isPositive();
                end = part.end();
            }
            assertThat(end).as(seed).isEqualTo(size(segments));
        });
    }

    @Test
    void everyLimitIsKept() {
        forEveryCase((segments, parts, limits, seed) -> {
            assertThat(parts.size()).as(seed).isLessThanOrEqualTo(limits.most());
            for (Part part : parts.subList(0, parts.size() - 1)) {
                assertThat(part.length()).as(seed).isBetween(limits.smallest(), limits.largest());
                if (limits.uniform()) {
                    assertThat(part.length()).as(seed).isEqualTo(parts.get(0).length());
                }
            }
            Part last = parts.get(parts.size() - 1);
            assertThat(last.length()).as(seed).isLessThanOrEqualTo(limits.largest());
            assertThat(!limits.uniform() || last.length() <= parts.get(0).length())
                    .as(seed)
                    .isTrue();
        });
    }

    @Test
    void copiedPartLiesInOneCopiedSegment() {
        forEveryCase((segments, parts, limits, seed) -> {
            for (Part part : parts) {
                if (part.copied()) {
                    assertThat(limits.copies()).as(seed).isTrue();
                    assertThat(isInsideCopied(segments, part))
                            .as(seed + " " + part)
                            .isTrue();
                }
            }
        });
    }

    private static boolean isInsideCopied(List<Segment> segments, Part part) {
        long start = 0;
        for (Segment segment : segments) {
            long end = start + segment.length();
            if (part.start() >= start && part.end() <= end) {
                return segment.copied();
            }
            start = end;
        }
        return false;
    }

    /** A seam is an end of a copied segment; the object's begin is none, and its end only where a part must fill up. */
    @Test
    void seamCostsLessThanOnePart() {
        forEveryCase((segments, parts, limits, seed) -> {
            if (limits.copies()) {
                long copyable = segments.stream()
                        .filter(Segment::copied)
                        .mapToLong(Segment::length)
                        .sum();
                long copied = parts.stream()
                        .filter(Part::copied)
                        .mapToLong(Part::length)
                        .sum();
                long seams = 2 * segments.stream().filter(Segment::copied).count();
                assertThat(copyable - copied).as(seed).isLessThan(Math.max(1, seams) * SMALLEST);
            }
        });
    }

    @Test
    void partsOfABeginningAreTheBeginningOfTheParts() {
        forEveryCase((segments, parts, limits, seed) -> {
            PartPacker packer = PartPacker.of(limits, size(segments));
            for (int count = 0; count <= segments.size(); count++) {
                List<Part> first = packer.pack(0, segments.subList(0, count), false);
                assertThat(parts.subList(0, first.size())).as(seed).isEqualTo(first);
            }
        });
    }

    @Test
    void packingGoesOnFromTheEndOfAnyPart() {
        forEveryCase((segments, parts, limits, seed) -> {
            PartPacker packer = PartPacker.of(limits, size(segments));
            for (int done = 0; done < parts.size(); done++) {
                long from = parts.get(done).start();
                assertThat(packer.pack(from, rest(segments, from), true))
                        .as(seed)
                        .isEqualTo(parts.subList(done, parts.size()));
            }
        });
    }

    private static List<Segment> rest(List<Segment> segments, long from) {
        List<Segment> rest = new ArrayList<>();
        long start = 0;
        for (Segment segment : segments) {
            long end = start + segment.length();
            if (end > from) {
                rest.add(new Segment(end - Math.max(start, from), segment.copied()));
            }
            start = end;
        }
        return rest;
    }

    @Test
    void partsGrowWhereThereWouldBeTooMany() {
        PartLimits limits = limits(true, true, 100);
        List<Segment> segments = List.of(new Segment(3L << 30, true), new Segment(100, false));

        List<Part> parts = PartPacker.of(limits, 3L << 30).pack(0, segments, true);

        assertThat(parts).hasSizeLessThanOrEqualTo(100);
        assertThat(parts.get(0).length() % (1 << 20)).isZero();
    }

    @Test
    void uniformPartsAreCellsOfOneGrid() {
        List<Segment> segments =
                List.of(new Segment(12L << 20, true), new Segment(1 << 20, false), new Segment(12L << 20, true));

        List<Part> parts = PartPacker.of(limits(true, true, 10_000), 25L << 20).pack(0, segments, true);

        assertThat(parts)
                .containsExactly(
                        new Part(0, SMALLEST, true),
                        new Part(SMALLEST, SMALLEST, true),
                        new Part(2 * SMALLEST, SMALLEST, false),
                        new Part(3 * SMALLEST, SMALLEST, true),
                        new Part(4 * SMALLEST, SMALLEST, true));
    }

    @Test
    void freePartsFillUpFromTheNextCopiedSegment() {
        List<Segment> segments =
                List.of(new Segment(12L << 20, true), new Segment(1 << 20, false), new Segment(12L << 20, true));

        List<Part> parts = PartPacker.of(limits(false, true, 10_000), 25L << 20).pack(0, segments, true);

        assertThat(parts)
                .containsExactly(
                        new Part(0, 12L << 20, true),
                        new Part(12L << 20, SMALLEST, false),
                        new Part(17L << 20, 8L << 20, true));
    }
}
