package io.glulam.testkit.mutate;

import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.ThriftStruct;
import io.glulam.testkit.bytes.ThriftStruct.Field;
import io.glulam.testkit.bytes.ThriftStruct.ThriftList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Structs in forms that no library writes: with a field twice, backwards, of another type, with the headers of two versions,
 * with members of a union that are none. Generated readers have an answer to each, and answer the same of the output.
 */
final class FormContradictions {
    private static final int BLOOM_FILTER = 64;
    private static final int DATA_PAGE = 5;
    private static final int DATA_PAGE_V2 = 8;
    private static final int STATISTICS = 12;
    private static final List<Integer> BOUNDS = List.of(1, 2, 5, 6);

    private final ContradictionList list;

    private FormContradictions(ContradictionList list) {
        this.list = list;
    }

    /** Changes a parsed struct. */
    @FunctionalInterface
    private interface Form {
        void of(ThriftStruct struct, Random random);
    }

    /** Adds those of single chunks. */
    static void addTo(ContradictionList list) {
        FormContradictions forms = new FormContradictions(list);
        forms.pageHeaders();
        forms.aids();
    }

    private void pageHeaders() {
        header("backwards", (header, random) -> reverse(header));
        header("another one of its version before it", (header, random) -> insert(header, own(header), true));
        header("a part of it after it", (header, random) -> insert(header, part(own(header), random), false));
        header("one of the other version before it", (header, random) -> insert(header, other(header), true));
        header("one of the other version after it", (header, random) -> insert(header, other(header), false));
        header(
                "its statistics twice",
                (header, random) ->
                        twice((ThriftStruct) own(header).value(), own(header).id() == DATA_PAGE ? 5 : 8, random));
        list.add("page header: any form", (chunk, random) -> {
            PageScript page = chunk.pages().get(random.nextInt(chunk.pages().size()));
            page.withStatistics().tamperHeaderBytes(anyForm(random));
        });
    }

    private void aids() {
        list.add(
                "column index: backwards",
                (chunk, random) -> chunk.withOffsetIndex()
                        .tamperColumnIndexBytes(seeded((index, draw) -> reverse(index), random)));
        list.add(
                "column index: nulls and null pages twice",
                (chunk, random) -> chunk.withOffsetIndex()
                        .tamperColumnIndexBytes(seeded(
                                (index, draw) -> {
                                    emptyListFirst(index, 1);
                                    emptyListFirst(index, 5);
                                },
                                random)));
        list.add(
                "column index: any form",
                (chunk, random) -> chunk.withOffsetIndex().tamperColumnIndexBytes(anyForm(random)));
        list.add("offset index: any form", (chunk, random) -> chunk.tamperOffsetIndexBytes(anyForm(random)));
        list.add("bloom filter: any form of its header", (chunk, random) -> {
            UnaryOperator<byte[]> form = anyForm(random);
            chunk.bloomFilter(BLOOM_FILTER).tamperBloomFilter(filter -> inHeader(filter, form));
        });
    }

    /** Those of whole files. */
    static List<RowGroupContradiction> ofFiles() {
        return List.of(
                footer("any form", null),
                footer("backwards", (footer, random) -> reverse(footer)),
                footer("bounds twice", (footer, random) -> eachStatistics(footer, FormContradictions::boundsTwice)),
                footer(
                        "bounds of another type after them",
                        (footer, random) -> eachStatistics(
                                footer,
                                statistics ->
                                        statistics.add(5, ThriftStruct.I64, 7L).add(6, ThriftStruct.TRUE, true))),
                footer(
                        "exact by a byte",
                        (footer, random) -> eachStatistics(
                                footer,
                                statistics ->
                                        statistics.add(7, ThriftStruct.BYTE, 1L).add(8, ThriftStruct.BYTE, 1L))),
                footer("orders of columns that are no structs", (footer, random) -> orders(footer)));
    }

    private static RowGroupContradiction footer(String name, Form form) {
        return new RowGroupContradiction(
                "footer: " + name,
                (file, random) -> tamper(file, form == null ? anyForm(random) : seeded(form, random)));
    }

    private static void tamper(FileScript file, UnaryOperator<byte[]> form) {
        file.tamperFooter(form);
    }

    private void header(String name, Form form) {
        list.add("page header: " + name, (chunk, random) -> {
            UnaryOperator<byte[]> seeded = seeded(form, random);
            if (random.nextBoolean()) {
                chunk.eachPage(page -> page.tamperHeaderBytes(seeded));
            } else {
                chunk.pages().get(random.nextInt(chunk.pages().size())).tamperHeaderBytes(seeded);
            }
        });
    }

    private static UnaryOperator<byte[]> anyForm(Random random) {
        long seed = random.nextLong();
        return bytes -> ThriftForms.change(bytes, new Random(seed));
    }

    private static UnaryOperator<byte[]> seeded(Form form, Random random) {
        long seed = random.nextLong();
        return bytes -> {
            ThriftStruct struct = ThriftStruct.parse(bytes);
            form.of(struct, new Random(seed));
            return struct.bytes();
        };
    }

    private static byte[] inHeader(byte[] filter, UnaryOperator<byte[]> form) {
        byte[] header = form.apply(Arrays.copyOf(filter, filter.length - BLOOM_FILTER));
        byte[] changed = Arrays.copyOf(header, header.length + BLOOM_FILTER);
        System.arraycopy(filter, filter.length - BLOOM_FILTER, changed, header.length, BLOOM_FILTER);
        return changed;
    }

    /** The fields of all structs in the opposite order; elements of lists stay in theirs. */
    private static void reverse(Object value) {
        if (value instanceof ThriftStruct struct) {
            Collections.reverse(struct.fields());
            struct.fields().forEach(field -> reverse(field.value()));
        } else if (value instanceof ThriftList elements) {
            elements.values().forEach(FormContradictions::reverse);
        }
    }

    private static Field own(ThriftStruct header) {
        return header.fields().stream()
                .filter(field -> field.value() instanceof ThriftStruct)
                .findFirst()
                .orElseThrow();
    }

    private static void insert(ThriftStruct header, Field field, boolean before) {
        ThriftStruct value = ThriftStruct.parse(((ThriftStruct) field.value()).bytes());
        if (before) {
            value.add(1, ThriftStruct.I32, 3L);
        }
        int at = header.fields().indexOf(own(header));
        header.fields().add(before ? at : at + 1, new Field(field.id(), ThriftStruct.STRUCT, value));
    }

    private static Field part(Field own, Random random) {
        ThriftStruct part = ThriftStruct.parse(((ThriftStruct) own.value()).bytes());
        part.fields().removeIf(field -> field.id() > 6 || field.id() == 5 && own.id() == DATA_PAGE);
        if (random.nextBoolean()) {
            part.add(
                    own.id() == DATA_PAGE ? 5 : 8,
                    ThriftStruct.STRUCT,
                    new ThriftStruct().add(3, ThriftStruct.I64, 0L));
        }
        return new Field(own.id(), ThriftStruct.STRUCT, part);
    }

    /** A header of the other version, of other values, that says that its page is not compressed and has no nulls. */
    private static Field other(ThriftStruct header) {
        boolean first = own(header).id() == DATA_PAGE;
        ThriftStruct other = new ThriftStruct();
        int numbers = first ? 6 : 4;
        for (int id = 1; id <= numbers; id++) {
            other.add(id, ThriftStruct.I32, id == 1 ? 2L : 0L);
        }
        if (first) {
            other.add(7, ThriftStruct.TRUE, false);
        }
        other.add(first ? 8 : 5, ThriftStruct.STRUCT, new ThriftStruct().add(3, ThriftStruct.I64, 0L));
        return new Field(first ? DATA_PAGE_V2 : DATA_PAGE, ThriftStruct.STRUCT, other);
    }

    private static void twice(ThriftStruct struct, int id, Random random) {
        ThriftStruct other = new ThriftStruct()
                .add(3, ThriftStruct.I64, random.nextBoolean() ? 0L : 7L)
                .add(5, ThriftStruct.BINARY, new byte[4])
                .add(6, ThriftStruct.BINARY, new byte[4]);
        struct.fields().add(0, new Field(id, ThriftStruct.STRUCT, other));
    }

    /** Of a field that occurs twice, readers take the last. */
    private static void emptyListFirst(ThriftStruct struct, int id) {
        struct.get(id)
                .ifPresent(value -> struct.fields()
                        .add(
                                0,
                                new Field(
                                        id,
                                        ThriftStruct.LIST,
                                        new ThriftList(((ThriftList) value).elementType(), List.of()))));
    }

    private static void boundsTwice(ThriftStruct statistics) {
        for (Field field : List.copyOf(statistics.fields())) {
            if (BOUNDS.contains(field.id()) && field.value() instanceof byte[] bound) {
                byte[] other = bound.clone();
                Arrays.fill(other, (byte) 1);
                statistics.fields().add(0, new Field(field.id(), ThriftStruct.BINARY, other));
            }
        }
    }

    private static void eachStatistics(ThriftStruct footer, Consumer<ThriftStruct> change) {
        for (ThriftStruct group : footer.structs(4)) {
            for (ThriftStruct chunk : group.structs(1)) {
                chunk.struct(3).flatMap(entry -> entry.struct(STATISTICS)).ifPresent(change);
            }
        }
    }

    /** Members of the unions that say by a boolean what they are. */
    private static void orders(ThriftStruct footer) {
        for (ThriftStruct order : footer.structs(7)) {
            order.fields().clear();
            order.add(1, ThriftStruct.TRUE, true);
        }
    }
}
