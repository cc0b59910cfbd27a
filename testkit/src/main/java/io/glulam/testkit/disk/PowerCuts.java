package io.glulam.testkit.disk;

import io.glulam.testkit.disk.DiskOperation.Created;
import io.glulam.testkit.disk.DiskOperation.Deleted;
import io.glulam.testkit.disk.DiskOperation.FolderSynced;
import io.glulam.testkit.disk.DiskOperation.Linked;
import io.glulam.testkit.disk.DiskOperation.Renamed;
import io.glulam.testkit.disk.DiskOperation.Synced;
import io.glulam.testkit.disk.DiskOperation.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The states that a power cut may leave, as strict as file systems that reorder: what was written is safe only once its
 * file was synced, names only once the folder was. Until then, each change of names may have reached the disk or not,
 * whatever became of those before it (a rename as a whole); and writes may be lost, all or some, kept in part, or there
 * as zeros because only the file's new length was written. Syncing a file does not make its name safe.
 */
final class PowerCuts {
    /** More unsafe changes of names than any writer should have at once: their combinations would not end. */
    private static final int MAX_UNSAFE_NAMES = 10;

    private static final long SEED = 20_240_601;

    /** What becomes of writes that were not synced. */
    private enum WriteLoss {
        LOST,
        KEPT,
        FIRST_LOST,
        LAST_LOST,
        FIRST_HALVES_KEPT,
        ZEROS_KEPT,
        SOME_LOST
    }

    private final DiskState before;
    private final List<DiskOperation> operations;
    private final Map<String, List<DiskState>> found = new HashMap<>();
    private final List<DiskState> states = new ArrayList<>();

    PowerCuts(DiskState before, List<DiskOperation> operations) {
        this.before = before;
        this.operations = operations;
    }

    /** All different states, each once, in the order of the operations. */
    List<DiskState> states() {
        for (int count = 0; count <= operations.size(); count++) {
            List<DiskOperation> done = operations.subList(0, count);
            List<Integer> unsafeNames = unsafeNames(done);
            if (unsafeNames.size() > MAX_UNSAFE_NAMES) {
                throw new IllegalStateException(unsafeNames.size() + " changes of names are unsafe at once");
            }
            List<Map<Integer, byte[]>> contents = contents(done);
            for (int kept = 0; kept < 1 << unsafeNames.size(); kept++) {
                Map<String, Integer> names = names(done, unsafeNames, kept);
                for (int loss = 0; loss < contents.size(); loss++) {
                    String losses = "names kept " + Integer.toBinaryString(kept) + " of " + unsafeNames.size()
                            + ", writes " + WriteLoss.values()[loss];
                    add(new DiskState(count, losses, names, contents.get(loss)));
                }
            }
        }
        return states;
    }

    private void add(DiskState state) {
        List<DiskState> alike = found.computeIfAbsent(state.names().toString(), names -> new ArrayList<>());
        boolean complete = state.operations() == operations.size();
        // What the last operation leaves is listed anyway: all must be safe by then.
        if (complete || alike.stream().noneMatch(state::isSameAs)) {
            alike.add(state);
            states.add(state);
        }
    }

    private static List<Integer> unsafeNames(List<DiskOperation> done) {
        List<Integer> unsafe = new ArrayList<>();
        for (int i = 0; i < done.size(); i++) {
            if (done.get(i) instanceof FolderSynced) {
                unsafe.clear();
            } else if (done.get(i).isOfNames()) {
                unsafe.add(i);
            }
        }
        return unsafe;
    }

    /** @param kept a bit for each unsafe change of names: whether it has reached the disk */
    private Map<String, Integer> names(List<DiskOperation> done, List<Integer> unsafe, int kept) {
        Map<String, Integer> names = new HashMap<>(before.names());
        for (int i = 0; i < done.size(); i++) {
            int place = unsafe.indexOf(i);
            if (place >= 0 && (kept >> place & 1) == 0) {
                continue;
            }
            if (done.get(i) instanceof Created created) {
                names.put(created.name(), created.file());
            } else if (done.get(i) instanceof Linked linked) {
                names.put(linked.name(), linked.file());
            } else if (done.get(i) instanceof Renamed renamed) {
                names.remove(renamed.from(), renamed.file());
                names.put(renamed.to(), renamed.file());
            } else if (done.get(i) instanceof Deleted deleted) {
                names.remove(deleted.name(), deleted.file());
            }
        }
        return names;
    }

    /** The files' contents for each kind of loss; one kind alone if nothing is unsafe. */
    private List<Map<Integer, byte[]>> contents(List<DiskOperation> done) {
        Map<Integer, byte[]> safe = new HashMap<>(before.contents());
        Map<Integer, List<Written>> unsafe = new HashMap<>();
        for (DiskOperation operation : done) {
            if (operation instanceof Written written) {
                unsafe.computeIfAbsent(written.file(), file -> new ArrayList<>())
                        .add(written);
            } else if (operation instanceof Synced synced) {
                List<Written> writes = unsafe.remove(synced.file());
                if (writes != null) {
                    safe.merge(synced.file(), new byte[0], (old, none) -> old);
                    writes.forEach(write -> apply(safe, write, write.bytes()));
                }
            }
        }
        List<Map<Integer, byte[]>> contents = new ArrayList<>();
        for (WriteLoss loss : unsafe.isEmpty() ? new WriteLoss[] {WriteLoss.LOST} : WriteLoss.values()) {
            Map<Integer, byte[]> left = new HashMap<>(safe);
            unsafe.forEach((file, writes) -> lose(left, writes, loss));
            contents.add(left);
        }
        return contents;
    }

    private static void lose(Map<Integer, byte[]> contents, List<Written> writes, WriteLoss loss) {
        Random random = new Random(SEED + writes.size());
        for (int i = 0; i < writes.size(); i++) {
            Written write = writes.get(i);
            byte[] bytes = write.bytes();
            boolean kept = switch (loss) {
                case LOST -> false;
                case FIRST_LOST -> i > 0;
                case LAST_LOST -> i < writes.size() - 1;
                case SOME_LOST -> random.nextBoolean();
                default -> true;
            };
            if (loss == WriteLoss.ZEROS_KEPT) {
                bytes = new byte[bytes.length];
            } else if (loss == WriteLoss.FIRST_HALVES_KEPT) {
                bytes = Arrays.copyOf(bytes, (bytes.length + 1) / 2);
            }
            if (kept) {
                apply(contents, write, bytes);
            }
        }
    }

    private static void apply(Map<Integer, byte[]> contents, Written write, byte[] bytes) {
        byte[] old = contents.getOrDefault(write.file(), new byte[0]);
        int end = Math.toIntExact(write.offset() + bytes.length);
        byte[] now = Arrays.copyOf(old, Math.max(old.length, end));
        System.arraycopy(bytes, 0, now, (int) write.offset(), bytes.length);
        contents.put(write.file(), now);
    }
}
