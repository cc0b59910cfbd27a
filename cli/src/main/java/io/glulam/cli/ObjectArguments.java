package io.glulam.cli;

import io.glulam.inputs.KeyPattern;
import io.glulam.storage.ObjectLister;
import io.glulam.storage.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Arguments that stand for several objects: prefixes, which end with a slash, and patterns with {@code *} and {@code ?}. */
final class ObjectArguments {
    private static final int MAX_OBJECTS = 100_000;
    private static final String FILES = ".parquet";

    private final StoreOptions stores;
    private final CommandLine command;

    ObjectArguments(StoreOptions stores, CommandLine command) {
        this.stores = stores;
        this.command = command;
    }

    /**
     * The objects and files that are meant, in order; of a prefix those that end with {@code .parquet}.
     *
     * @param yes whether more than what was named may be taken
     * @throws ParameterException if there are none, {@code yes} is missing, or an argument cannot name anything
     */
    List<String> expanded(List<String> arguments, boolean yes) {
        List<String> expanded = new ArrayList<>();
        for (String argument : arguments) {
            StoreOptions.requireKnown(argument, command);
            if (!isSeveral(argument)) {
                expanded.add(argument);
                continue;
            }
            List<String> found = find(stores.access().place(argument, command));
            if (found.isEmpty()) {
                throw new ParameterException(command, argument + " matches no object");
            }
            if (!yes) {
                throw new ParameterException(
                        command, argument + " matches " + found.size() + " objects: use --yes to take them all");
            }
            expanded.addAll(found);
        }
        return expanded;
    }

    private static boolean isSeveral(String argument) {
        return StoreAccess.isStored(argument)
                && (argument.endsWith("/") || argument.indexOf('*') >= 0 || argument.indexOf('?') >= 0);
    }

    private List<String> find(ObjectRef place) {
        String key = place.key();
        int wild = KeyPattern.firstWild(key);
        Pattern pattern = wild == key.length() ? null : KeyPattern.of(key);
        List<String> found = new ArrayList<>();
        ObjectLister.of(place).list(key.substring(0, wild), facts -> {
            boolean wanted = pattern == null
                    ? facts.key().endsWith(FILES)
                    : pattern.matcher(facts.key()).matches();
            if (wanted && !facts.key().endsWith("/")) {
                found.add(place.sibling(facts.key()).name());
            }
            return found.size() < MAX_OBJECTS;
        });
        return found;
    }
}
