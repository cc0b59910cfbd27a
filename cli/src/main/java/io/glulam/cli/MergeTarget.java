package io.glulam.cli;

import io.glulam.inputs.Candidate;
import io.glulam.local.LocalStore;
import io.glulam.s3.PriceList;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Where the outputs of a merge go: one file, or a folder with numbered files. */
final class MergeTarget {
    private final String out;
    private final Function<String, ObjectRef> objects;

    /** @param objects what a name stands for */
    MergeTarget(String out, Function<String, ObjectRef> objects) {
        this.out = out;
        this.objects = objects;
    }

    /** Returns the prices of the store of OUT. */
    PriceList prices() {
        return StoreAccess.prices(out);
    }

    /** Where the outputs go. */
    ObjectStore store() {
        return StoreAccess.isStored(out) ? objects.apply(out + "output").store() : LocalStore.INSTANCE;
    }

    /** Whether OUT is a folder: it ends with a slash, or there is one. */
    boolean isFolder() {
        return out.endsWith("/") || !StoreAccess.isStored(out) && Files.isDirectory(Path.of(out));
    }

    /**
     * The one output.
     *
     * @param force whether an existing file may be replaced
     * @throws IllegalArgumentException with a sentence for people, if OUT is one of the inputs or exists, or the inputs lie
     *     in several partitions
     */
    ObjectRef file(List<Candidate> inputs, boolean force) {
        ObjectRef target = objects.apply(out);
        boolean isStored = StoreAccess.isStored(out);
        boolean isThere = !isStored && Files.exists(Path.of(target.key()));
        boolean mayBeInput = isThere || isStored;
        for (Candidate input : inputs) {
            String group = inputs.get(0).group();
            if (!input.group().equals(group)) {
                throw new IllegalArgumentException("the inputs lie in several folders (" + words(group) + ", "
                        + words(input.group()) + "), which stay apart: name a folder as OUT");
            }
            if (mayBeInput && isSame(input.object(), target)) {
                throw new IllegalArgumentException(
                        "OUT is one of the inputs (" + input.object().name() + "): name a new file");
            }
        }
        if (isThere && !force) {
            throw new IllegalArgumentException(target.name() + " exists: use --force to replace it");
        }
        return target;
    }

    private static String words(String group) {
        return group.isEmpty() ? "none" : group;
    }

    /**
     * The folder of the outputs, its key with a slash at its end.
     *
     * @throws IllegalArgumentException with a sentence for people, if OUT is no folder
     */
    ObjectRef folder() {
        Path path = StoreAccess.isStored(out) ? null : Path.of(out);
        if (path != null && Files.exists(path) && !Files.isDirectory(path)) {
            throw new IllegalArgumentException(out + " is not a folder: --target-file-size needs one");
        }
        ObjectRef any = objects.apply((out.endsWith("/") ? out : out + "/") + "any");
        return any.sibling(any.key().substring(0, any.key().lastIndexOf('/') + 1));
    }

    private boolean isSame(ObjectRef input, ObjectRef target) {
        if (StoreAccess.isStored(out) || !input.store().equals(target.store())) {
            return input.equals(target);
        }
        Path file = Path.of(target.key());
        try {
            return Files.exists(file)
                    && Files.exists(Path.of(input.key()))
                    && Files.isSameFile(Path.of(input.key()), file);
        } catch (IOException e) {
            return false;
        }
    }
}
