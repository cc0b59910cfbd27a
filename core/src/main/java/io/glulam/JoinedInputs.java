package io.glulam;

import io.glulam.codec.JvmCodecs;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.join.Input;
import io.glulam.join.JoinBuilder;
import io.glulam.join.JoinedForm;
import io.glulam.join.JoinedStore;
import io.glulam.join.Slice;
import io.glulam.local.OpenFiles;
import io.glulam.plan.Verify;
import io.glulam.storage.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * The joined file of an output's inputs.
 *
 * @param store that holds it, and makes it when it is opened
 */
record JoinedInputs(JoinedStore store) {
    private static final int FEW = 512;
    private static final int MANY = 10_000;
    /** Memory of an open reader, with room to spare. */
    private static final int BYTES_PER_READER = 4096;
    /** Inputs that the heap has room for beside the buffers. */
    private static final int INPUTS_BESIDE = 16_384;
    /** Memory that each further input takes with its row group: its identity, its place, what planning needs of it. */
    private static final int BYTES_PER_INPUT = 120;

    static JoinedInputs of(List<Slice> slices, JoinedForm form, CompactionOptions options) {
        JoinBuilder builder = new JoinBuilder(
                slices,
                form,
                JvmCodecs.INSTANCE,
                options.resources(),
                JoinedInputs::version,
                options.settings().strict(),
                options.settings().verify() == Verify.VALUES,
                maxOpen(OpenFiles.limit(), options.bufferBytes()));
        return new JoinedInputs(new JoinedStore(builder, slices));
    }

    /**
     * Returns how many inputs stay open: up to a quarter of the files that the process may open, since several merges
     * can run in it, as far as their readers fit the memory; more than that where few are allowed.
     */
    static int maxOpen(int allowed, long bufferBytes) {
        long wanted = Math.min(allowed / 4, bufferBytes / BYTES_PER_READER);
        return (int) Math.max(Math.min(FEW, allowed / 2), Math.min(MANY, wanted));
    }

    /** Returns the options with buffers that leave room for what is known of so many inputs. */
    static CompactionOptions withRoom(CompactionOptions options, int inputs) {
        long taken = (long) Math.max(0, inputs - INPUTS_BESIDE) * BYTES_PER_INPUT;
        return taken == 0
                ? options
                : options.withBufferBytes(Math.max(CompactionOptions.MIN_BUFFER_BYTES, options.bufferBytes() - taken));
    }

    /** SHA-256 of the names, sizes and versions of all inputs. */
    private static String version(List<Input> inputs) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Input input : inputs) {
                String identity = input.name() + "\0" + input.size() + "\0" + input.version() + "\0";
                digest.update(identity.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Runs a compaction of it; what fails in an input is told with the input's name. */
    <T> T run(Function<ObjectRef, T> compaction) {
        try {
            return compaction.apply(store.object());
        } catch (CorruptFile | Unsupported failure) {
            Place place = store.placeInInput(failure.place());
            throw failure instanceof CorruptFile
                    ? new CorruptFile(place, failure.problem(), failure.remedy(), failure)
                    : new Unsupported(place, failure.problem(), failure.remedy(), failure);
        }
    }

    /** The joined file is longer than its inputs, and no one has seen it. */
    static CompactionReport withInputBytes(CompactionReport report, List<Slice> slices) {
        FileShape joined = report.before();
        long bytes =
                slices.stream().mapToLong(slice -> slice.end() - slice.start()).sum();
        return report.withBefore(joined.withBytes(bytes));
    }
}
