package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.codec.JvmCodecs;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.local.LocalStore;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.InlineWorkers;
import io.glulam.pipeline.Workers;
import io.glulam.schema.SchemaRules;
import io.glulam.storage.MemorySpool;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RangeReader;
import io.glulam.storage.RangeSpool;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.SchemaScript;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A joined object that cannot be built leaves nothing open. The footer's head does not fit the memory that it has. */
class JoinBuilderTest {
    private static final long MEMORY = 16 << 20;
    private static final String LONG_NAME = "n".repeat(3 << 19);

    @TempDir
    Path folder;

    @Test
    void spoolsAreClosedAfterAFailureBehindTheFootersHead() throws IOException {
        Spools spools = new Spools(false);
        JoinBuilder builder = builder(spools, inputs -> {
            throw failure();
        });

        assertThatThrownBy(builder::build).isInstanceOf(StorageFailed.class);

        assertThat(spools.created).isEqualTo(1);
        assertThat(spools.closed).isEqualTo(1);
    }

    @Test
    void aSpoolThatCannotTakeTheFootersHeadIsClosed() throws IOException {
        Spools spools = new Spools(true);
        JoinBuilder builder = builder(spools, inputs -> "1");

        assertThatThrownBy(builder::build).isInstanceOf(StorageFailed.class);

        assertThat(spools.created).isEqualTo(1);
        assertThat(spools.closed).isEqualTo(1);
    }

    private JoinBuilder builder(Spools spools, Function<List<Input>, String> version) throws IOException {
        FileScript script = new FileScript(
                new SchemaScript().required(LONG_NAME, Type.INT64).build(), 1);
        ObjectRef object = LocalStore.object(Files.write(folder.resolve("a.parquet"), script.bytes()));
        Agreement agreement = new Agreement(new SchemaRules(false), MetadataRule.COMMON);
        try (RangeReader reader = object.store().open(object.key())) {
            Input input = new Input(object, reader.size(), reader.version());
            Footer footer = FooterReader.read(reader, MEMORY);
            agreement.add(input, footer);
            List<Slice> slices = List.of(Slice.whole(input, footer));
            return new JoinBuilder(slices, agreement.form(), JvmCodecs.INSTANCE, spools, version, false, false, 1);
        }
    }

    private static StorageFailed failure() {
        return new StorageFailed(Place.UNKNOWN, "the disk is full", "free some space");
    }

    /** Counts the spools that are made and closed. */
    private static final class Spools implements ExecutionResources {
        private final boolean full;
        private int created;
        private int closed;

        private Spools(boolean full) {
            this.full = full;
        }

        @Override
        public Workers workers() {
            return InlineWorkers.INSTANCE;
        }

        @Override
        public long bufferBytes() {
            return MEMORY;
        }

        @Override
        public RangeSpool newSpool() {
            throw new UnsupportedOperationException();
        }

        @Override
        public RangeSpool newOverflow() {
            created++;
            return new Counted(new MemorySpool(MEMORY));
        }

        @Override
        public ByteBuffer newBuffer(int bytes) {
            return ByteBuffer.allocate(bytes);
        }

        private final class Counted implements RangeSpool {
            private final RangeSpool spool;

            private Counted(RangeSpool spool) {
                this.spool = spool;
            }

            @Override
            public void write(long position, ByteBuffer bytes) {
                if (full) {
                    throw failure();
                }
                spool.write(position, bytes);
            }

            @Override
            public void read(long position, ByteBuffer target) {
                spool.read(position, target);
            }

            @Override
            public void close() {
                closed++;
                spool.close();
            }
        }
    }
}
