package io.glulam.staging;

import io.glulam.footer.FileMagic;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Plan;
import io.glulam.source.SourceFile;
import io.glulam.storage.ByteRange;
import io.glulam.storage.ObjectVersion;
import io.glulam.storage.Part;
import io.glulam.storage.PartLimits;
import io.glulam.storage.PartPacker;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Segment;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.Traffic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests and bytes that a plan will take of a store, as far as the footer and the plan's estimates tell. Pure. */
public final class TrafficForecast {
    /** The source is looked at before and after its parts are copied. */
    private static final long CHECKS = 2;

    /** Bytes of a new object's end that are read to check it. */
    private static final long READ_BACK = 512 << 10;

    private final SourceFile file;
    private final Plan plan;
    private final PartLimits limits;
    private final Map<RequestKind, Long> requests = new EnumMap<>(RequestKind.class);
    private long downloaded;
    private long uploaded;
    private long copied;

    private TrafficForecast(SourceFile file, Plan plan, PartLimits limits) {
        this.file = file;
        this.plan = plan;
        this.limits = limits;
    }

    /** The whole run, from opening the object on; what planning fetches is a part of it. */
    public static Traffic of(SourceFile file, Plan plan, PartLimits limits) {
        return new TrafficForecast(file, plan, limits).forecast();
    }

    /**
     * Carrying out a plan of inputs that were put together, into a new object; without what reading their footers, and
     * small inputs whole, takes.
     *
     * @param target of which store the new object will be
     */
    public static Traffic toNewObject(SourceFile file, Plan plan, StoreCapabilities target) {
        TrafficForecast forecast = new TrafficForecast(file, plan, target.parts());
        if (file.bytes().reader().isRemote()) {
            forecast.stage();
        }
        if (target.remote()) {
            forecast.count(RequestKind.HEAD, 1);
            forecast.write();
            forecast.download(Math.min(
                    READ_BACK,
                    forecast.segments().stream().mapToLong(Segment::length).sum()));
        }
        return forecast.traffic();
    }

    private Traffic forecast() {
        RangeReader reader = file.bytes().reader();
        long tail = reader.size() - reader.heldFrom();
        download(tail);
        if (!plan.isEmpty()) {
            stage();
            write();
            count(RequestKind.HEAD, CHECKS);
            download(tail);
        }
        return traffic();
    }

    private Traffic traffic() {
        return new Traffic(downloaded, uploaded, copied, requests);
    }

    private void stage() {
        RangeReader reader = file.bytes().reader();
        List<ByteRange> missing = new ArrayList<>();
        for (ByteRange range : new StagingPlan(file, limits).ranges(StagingPlan.Group.of(plan))) {
            long end = Math.min(range.end(), reader.heldFrom());
            if (range.start() < end) {
                missing.add(new ByteRange(range.start(), end));
            }
        }
        StagingPlan.requests(missing).forEach(range -> download(range.length()));
    }

    private void download(long bytes) {
        count(RequestKind.GET, 1);
        downloaded += bytes;
    }

    private void count(RequestKind kind, long more) {
        requests.merge(kind, more, Long::sum);
    }

    private void write() {
        PartPacker packer = PartPacker.of(limits, file.bytes().size());
        List<Segment> segments = segments();
        long size = segments.stream().mapToLong(Segment::length).sum();
        if (size <= packer.smallestPart()) {
            count(RequestKind.PUT, 1);
            uploaded += size;
            return;
        }
        for (Part part : packer.pack(0, segments, true)) {
            count(part.copied() ? RequestKind.COPY_PART : RequestKind.UPLOAD_PART, 1);
            copied += part.copied() ? part.length() : 0;
            uploaded += part.copied() ? 0 : part.length();
        }
        count(RequestKind.CREATE_UPLOAD, 1);
        count(RequestKind.COMPLETE_UPLOAD, 1);
    }

    /** The object that a row group can be copied from; empty if it cannot. */
    private Optional<ObjectVersion> copyableObject(int rowGroup) {
        long start = file.footer().start(rowGroup);
        List<ObjectVersion> found = new ArrayList<>();
        file.bytes()
                .reader()
                .versions(start, Math.max(1, file.footer().end(rowGroup) - start), (object, at, length) -> {
                    if (object != null) {
                        found.add(object);
                    }
                });
        return found.stream().findFirst().filter(object -> object.size() >= limits.smallestSource());
    }

    /** Whether the output begins with a copy of the source's beginning. If no row group has rows, it has none itself. */
    private boolean beginsCopied() {
        if (plan.groups().isEmpty() || !(plan.groups().get(0) instanceof OutputGroup.KeptGroup first)) {
            return false;
        }
        return copyableObject(first.rowGroup()).isPresent() && file.beginsWith(first.rowGroup());
    }

    private List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        boolean begins = beginsCopied();
        // Copied with the first row group if the source begins so, else literals before a copy.
        segments.add(new Segment(FileMagic.LENGTH, begins));
        // What would go on with the last segment, if that is copied.
        int next = begins ? plan.groups().get(0).sources().first() : -1;
        Optional<ObjectVersion> object = begins ? copyableObject(next) : Optional.empty();
        for (OutputGroup group : plan.groups()) {
            int source = group.sources().first();
            Optional<ObjectVersion> copied =
                    group instanceof OutputGroup.KeptGroup ? copyableObject(source) : Optional.empty();
            boolean goesOn = copied.isPresent()
                    ? source == next && copied.equals(object)
                    : !segments.get(segments.size() - 1).copied();
            append(segments, new Segment(Math.max(1, group.expectedBytes()), copied.isPresent()), goesOn);
            next = copied.isPresent() ? source + 1 : -1;
            object = copied;
        }
        long rest = Math.max(1, file.bytes().size() - file.footer().offsetInFile());
        segments.add(new Segment(rest, false));
        return segments;
    }

    private static void append(List<Segment> segments, Segment segment, boolean goesOn) {
        int last = segments.size() - 1;
        if (goesOn) {
            segments.set(last, new Segment(segments.get(last).length() + segment.length(), segment.copied()));
        } else {
            segments.add(segment);
        }
    }
}
