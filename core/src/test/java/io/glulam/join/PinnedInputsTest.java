package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.SourceChanged;
import io.glulam.storage.ForwardingReader;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.RangeReader;
import io.glulam.storage.StoreCapabilities;
import io.glulam.storage.WriteRequest;
import io.glulam.storage.support.BytesReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Few of many inputs are open at a time, and none is closed that is read. */
@Tag("once")
class PinnedInputsTest {
    private final Store store = new Store();

    private PinnedInputs inputs(int maxOpen) {
        List<Input> inputs = Stream.of("a", "b", "c")
                .map(name -> new Input(new ObjectRef(store, name), 10, "1"))
                .toList();
        return new PinnedInputs(inputs, maxOpen);
    }

    private static void read(PinnedInputs inputs, int... numbers) {
        for (int number : numbers) {
            inputs.with(number, reader -> reader.read(0, ByteBuffer.allocate(10)));
        }
    }

    @Test
    void anInputIsOpenedWhenItIsFirstRead() {
        try (PinnedInputs inputs = inputs(2)) {
            assertThat(store.opened).isEmpty();
            read(inputs, 1, 1, 0, 1, 0);
            assertThat(store.opened).containsExactly("b", "a");
            assertThat(store.closed).isEmpty();
        }
        assertThat(store.closed).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void theOneThatWasNotReadForLongestIsClosed() {
        try (PinnedInputs inputs = inputs(2)) {
            read(inputs, 0, 1, 0, 2);
            assertThat(store.closed).containsExactly("b");
            read(inputs, 1);
            assertThat(store.opened).containsExactly("a", "b", "c", "b");
            assertThat(store.closed).containsExactly("b", "a");
        }
    }

    @Test
    void anInputThatIsReadStaysOpen() {
        try (PinnedInputs inputs = inputs(1)) {
            inputs.with(0, reader -> {
                read(inputs, 1, 2);
                assertThat(store.closed).containsExactly("b", "c");
                reader.read(0, ByteBuffer.allocate(10));
            });
            assertThat(store.closed).containsExactly("b", "c");
        }
    }

    @Test
    void anInputThatIsHeldStaysOpenUntilItIsLetGo() {
        try (PinnedInputs inputs = inputs(1)) {
            PinnedInputs.Pinned held = inputs.hold(0);
            read(inputs, 1);
            assertThat(store.closed).containsExactly("b");
            held.close();
            read(inputs, 2);
            assertThat(store.closed).containsExactly("b", "a");
        }
    }

    @Test
    void anInputOfAnotherVersionIsNotRead() {
        Input changed = new Input(new ObjectRef(store, "a"), 10, "0");
        try (PinnedInputs inputs = new PinnedInputs(List.of(changed), 1)) {
            assertThatThrownBy(() -> read(inputs, 0)).isInstanceOf(SourceChanged.class);
        }
        assertThat(store.closed).containsExactly("a");
    }

    /** Objects of ten bytes, under every key. */
    private static final class Store implements ObjectStore {
        private final List<String> opened = new ArrayList<>();
        private final List<String> closed = new ArrayList<>();

        @Override
        public String nameOf(String key) {
            return key;
        }

        @Override
        public StoreCapabilities capabilities() {
            return StoreCapabilities.LOCAL;
        }

        @Override
        public RangeReader open(String key) {
            opened.add(key);
            return new ForwardingReader(new BytesReader(key, new byte[10])) {
                @Override
                public void read(long position, ByteBuffer target) {
                    delegate().read(position, target);
                }

                @Override
                public void close() {
                    closed.add(key);
                }
            };
        }

        @Override
        public ObjectWriter create(String key, WriteRequest object) {
            throw new UnsupportedOperationException();
        }
    }
}
