package io.glulam.service.worth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.glulam.FileShape;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.service.json.Json;

/**
 * Row groups to be drawn to scale: {@code [bytes, rowGroups, kind]} each, in file order; neighbours share a piece where
 * there are too many. Kinds are {@code h} (healthy), {@code f} (fragment), {@code m} (merged).
 */
public final class Picture {
    static final int MAX_PIECES = 600;
    private static final char HEALTHY = 'h';
    private static final char FRAGMENT = 'f';
    private static final char MERGED = 'm';

    private Picture() {}

    /** Returns the row groups of an object. */
    public static JsonNode of(FileShape shape) {
        long[] sizes = shape.rowGroupSizes();
        char[] kinds = new char[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            kinds[i] = sizes[i] < shape.threshold() ? FRAGMENT : HEALTHY;
        }
        return pieces(sizes, kinds);
    }

    /** Returns the row groups of a plan's output, with estimated sizes. */
    public static JsonNode expected(Plan plan, FileShape source) {
        long[] sizes = new long[plan.groups().size()];
        char[] kinds = new char[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            OutputGroup group = plan.groups().get(i);
            sizes[i] = group.expectedBytes();
            kinds[i] = group instanceof OutputGroup.MergedGroup
                    ? MERGED
                    : group.sourceBytes() < source.threshold() ? FRAGMENT : HEALTHY;
        }
        return pieces(sizes, kinds);
    }

    /** Returns the row groups of an output, with the kinds that the plan gave them. */
    public static JsonNode made(JsonNode expected, FileShape shape) {
        long[] sizes = shape.rowGroupSizes();
        if (expected.size() != sizes.length) {
            return of(shape);
        }
        char[] kinds = new char[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            kinds[i] = expected.get(i).get(2).asText("h").charAt(0);
        }
        return pieces(sizes, kinds);
    }

    private static JsonNode pieces(long[] sizes, char[] kinds) {
        long total = 0;
        for (long size : sizes) {
            total += size;
        }
        long least = sizes.length <= MAX_PIECES ? 0 : total / (MAX_PIECES - 1) + 1;
        ArrayNode pieces = Json.array();
        int first = 0;
        long bytes = 0;
        for (int i = 0; i < sizes.length; i++) {
            bytes += sizes[i];
            if (bytes >= least || i == sizes.length - 1) {
                ArrayNode piece = pieces.addArray();
                piece.add(bytes);
                piece.add(i + 1 - first);
                piece.add(String.valueOf(mostly(sizes, kinds, first, i)));
                first = i + 1;
                bytes = 0;
            }
        }
        return pieces;
    }

    /** Returns the kind that most of the bytes have. */
    private static char mostly(long[] sizes, char[] kinds, int first, int last) {
        char most = kinds[first];
        long mostBytes = -1;
        for (char kind : new char[] {FRAGMENT, HEALTHY, MERGED}) {
            long bytes = 0;
            boolean any = false;
            for (int i = first; i <= last; i++) {
                any |= kinds[i] == kind;
                bytes += kinds[i] == kind ? sizes[i] : 0;
            }
            if (any && bytes > mostBytes) {
                most = kind;
                mostBytes = bytes;
            }
        }
        return most;
    }
}
