package io.glulam.wasm;

import io.glulam.error.Place;
import io.glulam.format.LittleEndian;
import io.glulam.storage.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Ranges of the source that the host holds in its arena, up to a number of bytes. What was held first can be made to stay
 * while the rest is let go of.
 */
final class ArenaRanges {
    private static final int RANGE_BYTES = 3 * Long.BYTES;

    private final Place place;
    private long capacity;
    /** By the range's start. */
    private final TreeMap<Long, Held> held = new TreeMap<>();

    private long end;
    private long used;
    private long staying;
    private long pinned;

    /**
     * A range.
     *
     * @param end one past its last byte
     * @param address of its first byte in the arena
     */
    private record Held(long end, long address) {}

    /**
     * @param end of the source: the host does not have what lies from there on
     * @param capacity of the host's arena, in bytes
     */
    ArenaRanges(Place place, long end, long capacity) {
        this.place = place;
        this.end = end;
        this.capacity = capacity;
    }

    /** Returns where the bytes end that the host has. */
    long end() {
        return end;
    }

    /** Returns how many bytes can be held in all. */
    long capacity() {
        return capacity;
    }

    /** Makes so many bytes fewer the most that can be held: before the first one is. */
    void shrink(long bytes) {
        capacity = Math.max(0, capacity - bytes);
    }

    /** Returns how many more bytes can be held. */
    long free() {
        return capacity - used;
    }

    /** Returns whether all bytes of a range are held. */
    boolean holds(ByteRange range) {
        long at = range.start();
        while (at < range.end()) {
            Map.Entry<Long, Held> entry = held.floorEntry(at);
            if (entry == null || entry.getValue().end() <= at) {
                return false;
            }
            at = entry.getValue().end();
        }
        return true;
    }

    /** Makes everything that is held by now stay. */
    void stay() {
        staying = used;
    }

    /** Makes everything that is held by now stay to the end. */
    void pin() {
        pinned = used;
        staying = used;
    }

    /** Forgets the ranges that begin before a position, and tells where the source ends from now on. */
    void forget(long before, long newEnd) {
        releaseAll();
        held.headMap(before).clear();
        end = newEnd;
    }

    /** Makes the held bytes of a range known at another position, too. */
    void alsoAt(long position, ByteRange range) {
        Map<Long, Held> found = new TreeMap<>(held.subMap(range.start(), range.end()));
        Map.Entry<Long, Held> before = held.lowerEntry(range.start());
        if (before != null) {
            found.put(before.getKey(), before.getValue());
        }
        found.forEach((start, known) -> {
            long from = Math.max(start, range.start());
            long to = Math.min(known.end(), range.end());
            if (from < to) {
                long shift = position - range.start();
                held.put(from + shift, new Held(to + shift, known.address() + from - start));
            }
        });
    }

    /** Lets go of everything that does not stay. */
    void release() {
        held.values().removeIf(range -> range.address() >= staying);
        used = staying;
    }

    /** Lets go of everything that is not pinned. */
    void releaseAll() {
        staying = pinned;
        release();
    }

    /**
     * Copies bytes of a range that is held.
     *
     * @param length that is wanted
     * @return how many were copied; 0 if the byte at {@code position} is not held
     */
    int take(long position, byte[] target, int from, int length) {
        Map.Entry<Long, Held> entry = held.floorEntry(position);
        if (entry == null || entry.getValue().end() <= position) {
            return 0;
        }
        int count = (int) Math.min(length, entry.getValue().end() - position);
        Scratch.reserve(count);
        Host.held(entry.getValue().address() + position - entry.getKey(), count);
        Scratch.take(target, from, count);
        return count;
    }

    /** Lets go of everything. */
    void clear() {
        pinned = 0;
        releaseAll();
    }

    /** Has the host fetch ranges and hold them, as far as they fit and are not held yet. */
    void fetch(List<ByteRange> ranges) {
        List<ByteRange> fetched = new ArrayList<>();
        for (ByteRange range : ByteRange.joined(ranges, 0)) {
            long limit = range.start() < HostInputs.OWN ? Math.min(end, range.end()) : range.end();
            if (range.start() >= limit) {
                continue;
            }
            ByteRange missing = missing(new ByteRange(range.start(), limit));
            if (missing.length() > free()) {
                missing = new ByteRange(missing.start(), missing.start() + free());
            }
            if (missing.length() > 0) {
                add(missing);
                fetched.add(missing);
            }
        }
        if (!fetched.isEmpty()) {
            byte[] told = told(fetched);
            Scratch.put(told, 0, told.length);
            Failure.check(Host.hold(fetched.size()), place);
        }
    }

    private void add(ByteRange range) {
        held.put(range.start(), new Held(range.end(), used));
        used += range.length();
    }

    private byte[] told(List<ByteRange> ranges) {
        byte[] told = new byte[RANGE_BYTES * ranges.size()];
        for (int i = 0; i < ranges.size(); i++) {
            ByteRange range = ranges.get(i);
            LittleEndian.setLong(told, RANGE_BYTES * i, range.start());
            LittleEndian.setLong(told, RANGE_BYTES * i + Long.BYTES, range.end());
            LittleEndian.setLong(
                    told,
                    RANGE_BYTES * i + 2 * Long.BYTES,
                    Objects.requireNonNull(held.get(range.start())).address());
        }
        return told;
    }

    /** What of a range begins after one range that is held and ends before the next. */
    private ByteRange missing(ByteRange range) {
        Map.Entry<Long, Held> before = held.floorEntry(range.start());
        long start = before == null
                ? range.start()
                : Math.max(range.start(), before.getValue().end());
        Long next = held.higherKey(range.start());
        long end = next == null ? range.end() : Math.min(range.end(), next);
        return new ByteRange(Math.min(start, end), end);
    }

    /** Holds bytes that were read, as far as they fit and are not held yet. */
    void keep(long position, byte[] bytes, int from, int length) {
        ByteRange missing = missing(new ByteRange(position, position + length));
        if (missing.length() > 0 && missing.length() <= free()) {
            Scratch.put(bytes, from + (int) (missing.start() - position), (int) missing.length());
            Host.keep(used, (int) missing.length());
            add(missing);
        }
    }
}
