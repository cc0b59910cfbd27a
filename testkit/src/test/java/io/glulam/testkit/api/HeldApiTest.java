package io.glulam.testkit.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeldApiTest {
    private static final String TYPES = "io.glulam.testkit.api.OpenTypes";

    @Test
    void aLineStandsForEachPartThatCallersUse() {
        assertThat(ApiSignatures.of(List.of(OpenTypes.Shelf.class)))
                .containsExactlyInAnyOrder(
                        TYPES
                                + "$Shelf  abstract static class <T extends Comparable<T>> implements"
                                + " java.util.function.Supplier<T>",
                        TYPES + "$Shelf  final <X> X find(Class<X>) throws InterruptedException",
                        TYPES + "$Shelf  new(String)",
                        TYPES + "$Shelf  static " + TYPES + "$Shelf<String> of(java.util.List<? extends Number>)",
                        TYPES + "$Shelf  static final int WIDTH");
    }

    @Test
    void whatATypeInheritsFromAHiddenOneIsItsOwn() {
        assertThat(ApiSignatures.of(List.of(OpenTypes.Base.class, OpenTypes.Child.class)))
                .containsExactlyInAnyOrder(
                        TYPES + "$Child  new()",
                        TYPES + "$Child  static final class extends " + TYPES + "$Base",
                        TYPES + "$Child  void inherited()");
    }

    @Test
    void sealedTypesNameThoseThatTheyPermit() {
        assertThat(ApiSignatures.of(List.of(OpenTypes.Door.class, OpenTypes.Open.class)))
                .containsExactlyInAnyOrder(
                        TYPES + "$Door  default boolean isOpen()",
                        TYPES + "$Door  interface permits " + TYPES + "$Open",
                        TYPES + "$Open  String name()",
                        TYPES + "$Open  new(String)",
                        TYPES + "$Open  record implements " + TYPES + "$Door");
    }

    @Test
    void aMethodThatGoesAwayIsNamed() {
        List<String> held =
                List.of("io.glulam.Job  static io.glulam.Job inPlace(java.nio.file.Path)", "io.glulam.Job  record");

        assertThat(HeldApi.losses("core.txt", held, held.subList(1, 2)))
                .startsWith("callers lose what api/core.txt holds:\n  " + held.get(0) + "\nKeep it.");
        assertThat(HeldApi.losses("core.txt", held.subList(1, 2), held)).isEmpty();
        assertThat(HeldApi.losses("core.txt", held, held)).isEmpty();
    }
}
