package io.glulam.testkit.generate;

import static org.apache.parquet.schema.LogicalTypeAnnotation.listType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.mapType;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Random schemas: flat and nested, every kind of leaf. Not thread-safe. */
public final class SchemaGenerator {
    private static final int DEEPEST = 3;
    private static final List<LeafKind> KEYS = List.of(LeafKind.STRING, LeafKind.INT32, LeafKind.INT64);

    private final List<LeafKind> kinds;
    private final Random random;
    private int named;

    private SchemaGenerator(long seed, List<LeafKind> kinds) {
        this.kinds = kinds;
        this.random = new Random(Seeds.derive(seed, "schema"));
    }

    /** One to eight fields, most schemas nested to a depth of at most three groups. */
    public static MessageType any(long seed) {
        return any(seed, List.of(LeafKind.values()));
    }

    /** As {@link #any(long)}, with leaves of these kinds; the keys of maps may be of others. */
    public static MessageType any(long seed, List<LeafKind> kinds) {
        SchemaGenerator generator = new SchemaGenerator(seed, kinds);
        boolean nested = generator.random.nextInt(3) > 0;
        int fields = 1 + generator.random.nextInt(8);
        var message = Types.buildMessage();
        for (int i = 0; i < fields; i++) {
            Type field = nested ? generator.field(0, generator.freshName()) : generator.leaf(generator.freshName());
            message.addField(i % 3 == 2 ? field.withId(i + 100) : field);
        }
        return message.named("generated");
    }

    /** Only required and optional leaves at the top, none of them repeated. */
    public static MessageType flat(long seed) {
        SchemaGenerator generator = new SchemaGenerator(seed, List.of(LeafKind.values()));
        int fields = 1 + generator.random.nextInt(8);
        var message = Types.buildMessage();
        for (int i = 0; i < fields; i++) {
            message.addField(generator.leaf(generator.freshName()));
        }
        return message.named("generated");
    }

    /** One optional and one required column of each kind of leaf. */
    public static MessageType everyKind() {
        var message = Types.buildMessage();
        for (LeafKind kind : LeafKind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            message.addField(kind.named(name, Repetition.OPTIONAL));
            message.addField(kind.named(name + "_required", Repetition.REQUIRED));
        }
        return message.named("every_kind");
    }

    private Type field(int depth, String name) {
        int choice = depth >= DEEPEST ? 0 : random.nextInt(10);
        return switch (choice) {
            case 5 -> struct(depth, name, optionality());
            case 6 -> list(depth, name);
            case 7 -> map(depth, name);
            case 8 -> kind().named(name, Repetition.REPEATED);
            case 9 -> struct(depth, name, Repetition.REPEATED);
            default -> leaf(name);
        };
    }

    private Type leaf(String name) {
        return kind().named(name, optionality());
    }

    private GroupType struct(int depth, String name, Repetition repetition) {
        int fields = 1 + random.nextInt(3);
        var group = Types.buildGroup(repetition);
        for (int i = 0; i < fields; i++) {
            group.addField(field(depth + 1, freshName()));
        }
        return group.named(name);
    }

    private GroupType list(int depth, String name) {
        GroupType repeated = Types.repeatedGroup()
                .addField(notRepeated(depth + 1, "element"))
                .named("list");
        return Types.buildGroup(optionality()).as(listType()).addField(repeated).named(name);
    }

    private GroupType map(int depth, String name) {
        Type key = KEYS.get(random.nextInt(KEYS.size())).named("key", Repetition.REQUIRED);
        GroupType entries = Types.repeatedGroup()
                .addFields(key, notRepeated(depth + 1, "value"))
                .named("key_value");
        return Types.buildGroup(optionality()).as(mapType()).addField(entries).named(name);
    }

    /** Elements of lists and values of maps may not be repeated themselves. */
    private Type notRepeated(int depth, String name) {
        Type type = field(depth, name);
        return type.isRepetition(Repetition.REPEATED) ? leaf(name) : type;
    }

    private LeafKind kind() {
        return kinds.get(random.nextInt(kinds.size()));
    }

    private Repetition optionality() {
        return random.nextInt(3) == 0 ? Repetition.REQUIRED : Repetition.OPTIONAL;
    }

    private String freshName() {
        named++;
        return random.nextInt(12) == 0 ? "nümber " + named : "c" + named;
    }
}
