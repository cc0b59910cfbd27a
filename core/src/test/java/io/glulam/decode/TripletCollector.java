package io.glulam.decode;

import io.glulam.format.Leaf;
import io.glulam.page.PageStream;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gathers what {@link TripletReader} gives in the testkit's form. */
public final class TripletCollector {
    private final IntStream.Builder repetition = IntStream.builder();
    private final IntStream.Builder definition = IntStream.builder();
    private final Values.Builder values = new Values.Builder(0);

    public static Triplets read(Leaf leaf, PageStream pages, @Nullable String createdBy) {
        TripletCollector all = new TripletCollector();
        try (TripletReader reader = new TripletReader(leaf, pages, createdBy)) {
            while (reader.next()) {
                all.add(leaf, reader);
            }
        }
        return all.build();
    }

    private void add(Leaf leaf, TripletReader reader) {
        repetition.add(reader.repetitionLevel());
        definition.add(reader.definitionLevel());
        if (!reader.isNull()) {
            switch (leaf.type()) {
                case BOOLEAN -> values.addNumber(reader.bits(), 1);
                case INT32, FLOAT -> values.addNumber(reader.bits(), 4);
                case INT64, DOUBLE -> values.addNumber(reader.bits(), 8);
                default -> {
                    ByteSlice bytes = reader.bytes();
                    values.add(bytes.array(), bytes.from(), bytes.from() + bytes.length());
                }
            }
        }
    }

    private Triplets build() {
        return new Triplets(repetition.build().toArray(), definition.build().toArray(), values.build());
    }
}
