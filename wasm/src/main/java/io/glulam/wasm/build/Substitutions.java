package io.glulam.wasm.build;

import org.teavm.extension.spi.substitution.SubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** Tells TeaVM which class takes another one's place: {@code PlainLittleEndian} that of {@code LittleEndian}. */
public final class Substitutions implements SubstitutionPolicy {
    @Override
    public void contribute(SubstitutionSink sink) {
        sink.selectClasses("io.glulam.format.LittleEndian"::equals).simpleNamePrefix("Plain");
    }
}
