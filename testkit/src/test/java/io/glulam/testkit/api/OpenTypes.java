package io.glulam.testkit.api;

import java.util.List;
import java.util.function.Supplier;

/** Types whose parts callers use or do not. */
public final class OpenTypes {
    private OpenTypes() {}

    /** Has parts of every kind. */
    public abstract static class Shelf<T extends Comparable<T>> implements Supplier<T> {
        public static final int WIDTH = 80;
        int hidden;

        protected Shelf(String name) {
            hidden = name.length();
        }

        public static Shelf<String> of(List<? extends Number> numbers) {
            throw new UnsupportedOperationException(String.valueOf(numbers));
        }

        public final <X> X find(Class<X> type) throws InterruptedException {
            throw new InterruptedException(type.getName());
        }

        abstract void notForCallers();

        @Override
        public String toString() {
            return "";
        }
    }

    static class Base {
        public void inherited() {}
    }

    /** Callers cannot name its parent, and call the parent's method all the same. */
    public static final class Child extends Base {}

    /** Has a method that implementations need not have. */
    public sealed interface Door permits Open {
        default boolean isOpen() {
            return true;
        }
    }

    /** The only one. */
    public record Open(String name) implements Door {}
}
