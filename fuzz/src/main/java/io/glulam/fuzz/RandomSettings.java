package io.glulam.fuzz;

import io.glulam.format.CompressionCodec;
import io.glulam.plan.Compatibility;
import io.glulam.plan.Compression;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.OutputForm;
import io.glulam.plan.Reader;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Verify;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Any options that decide what comes out; the usual ones more often than others. */
final class RandomSettings {
    private static final @Nullable Compression[] COMPRESSIONS = {
        null,
        null,
        Compression.KEEP,
        Compression.of(CompressionCodec.SNAPPY),
        new Compression(CompressionCodec.ZSTD, 1),
        Compression.of(CompressionCodec.UNCOMPRESSED),
        Compression.of(CompressionCodec.LZ4_RAW),
        new Compression(CompressionCodec.GZIP, 1)
    };

    private RandomSettings() {}

    /** @param size bytes of the file, from which thresholds and targets are drawn */
    static Settings any(Random random, long size) {
        Settings settings = Settings.defaults().withEffort(any(Effort.values(), random));
        if (random.nextInt(3) == 0) {
            settings = settings.withThreshold(new Threshold.Fixed(Math.max(1, size / (1 + random.nextInt(20)))));
        }
        if (random.nextInt(3) == 0) {
            settings = settings.withMaxRows(1 + random.nextInt(5_000))
                    .withTargetBytes(Math.max(1, size / (1 + random.nextInt(4))));
        }
        if (random.nextInt(3) == 0) {
            settings = settings.withPages(1 << (6 + random.nextInt(12)), 1 + random.nextInt(3_000));
        }
        if (random.nextInt(4) == 0) {
            settings = settings.withOrder(Order.HEALTHY_FIRST);
        }
        if (random.nextInt(4) == 0) {
            settings = settings.withRewrite(Rewrite.ALL);
        }
        if (random.nextInt(4) == 0) {
            settings = settings.withVerify(Verify.VALUES);
        }
        if (random.nextInt(8) == 0) {
            settings = settings.withDictionaryCapBytes(random.nextInt(400));
        }
        return random.nextInt(3) == 0 ? settings.withForm(form(random)) : settings;
    }

    private static OutputForm form(Random random) {
        OutputForm form = OutputForm.DEFAULT
                .withCompression(any(COMPRESSIONS, random))
                .withCompatibility(any(Compatibility.values(), random));
        return random.nextInt(4) == 0 ? form.withReaders(List.of(any(Reader.values(), random))) : form;
    }

    private static <T extends @Nullable Object> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
