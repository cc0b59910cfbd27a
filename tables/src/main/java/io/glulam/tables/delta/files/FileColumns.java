package io.glulam.tables.delta.files;

import io.glulam.format.SchemaNode;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns and groups that a data file has.
 *
 * @param paths of names, from the outermost group on
 */
public record FileColumns(Set<List<String>> paths) implements Serializable {
    public FileColumns {
        paths = Set.copyOf(paths);
    }

    static FileColumns of(FileForm form) {
        Set<List<String>> paths = new HashSet<>();
        form.root().children().forEach(child -> add(child, List.of(), paths));
        return new FileColumns(paths);
    }

    private static void add(SchemaNode node, List<String> above, Set<List<String>> paths) {
        List<String> path = new ArrayList<>(above);
        path.add(node.name());
        paths.add(List.copyOf(path));
        node.children().forEach(child -> add(child, path, paths));
    }

    /** Whether the file has a column or a group at a path of names. */
    public boolean has(List<String> path) {
        return paths.contains(path);
    }
}
