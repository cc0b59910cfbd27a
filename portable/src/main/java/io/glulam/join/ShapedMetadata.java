package io.glulam.join;

import io.glulam.footer.Footer;
import io.glulam.footer.RawKeyValue;
import io.glulam.format.ThriftWriter;
import io.glulam.shape.TargetShape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The key-value metadata of an output whose form was given: the caller's entries, then those kept of the inputs. */
final class ShapedMetadata {
    private final TargetShape shape;
    private final MetadataAgreement agreement = new MetadataAgreement(MetadataRule.COMMON);

    ShapedMetadata(TargetShape shape) {
        this.shape = shape;
        for (String key : shape.metadata().keySet()) {
            if (MetadataAgreement.tellsMeaning(key)) {
                throw new IllegalArgumentException(
                        "key-value metadata " + key + " tells how the inputs' values are read, and is theirs");
            }
        }
    }

    /** @throws io.glulam.error.Unsupported if entries that tell how values are read differ from the inputs' before */
    void add(Input input, Footer footer) {
        agreement.require(input, footer);
        agreement.add(input, footer);
    }

    private boolean isKept(String key) {
        return !shape.metadata().containsKey(key)
                && (MetadataAgreement.tellsMeaning(key) || shape.keptKeys().contains(key));
    }

    List<RawKeyValue> result() {
        List<RawKeyValue> result = new ArrayList<>();
        shape.metadata().forEach((key, value) -> result.add(entry(key, value)));
        agreement.result(true).stream().filter(entry -> isKept(entry.key())).forEach(result::add);
        return List.copyOf(result);
    }

    private static RawKeyValue entry(String key, String value) {
        ThriftWriter out = new ThriftWriter(64);
        int outer = out.enterStruct();
        out.binaryField(1, key.getBytes(StandardCharsets.UTF_8));
        out.binaryField(2, value.getBytes(StandardCharsets.UTF_8));
        out.leaveStruct(outer);
        return new RawKeyValue(key, out.toByteArray());
    }

    /** Returns the inputs' entries that the output does not get, each with the reason, for people. */
    List<String> dropped() {
        List<String> dropped = new ArrayList<>(agreement.dropped(true));
        for (RawKeyValue entry : agreement.result(true)) {
            if (!isKept(entry.key())) {
                String why =
                        shape.metadata().containsKey(entry.key()) ? "the output has its own" : "it is not to be kept";
                dropped.add("key-value metadata " + entry.key() + ": " + why);
            }
        }
        return dropped;
    }
}
