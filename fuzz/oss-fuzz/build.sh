#!/bin/bash -eu
# Not tested; see README.md. OSS-Fuzz sets SRC, OUT and JVM_LD_LIBRARY_PATH.
cd "$SRC/glulam"
mvn -B -q -pl fuzz -am -DskipTests -Dspotless.check.skip package dependency:copy-dependencies \
    -DincludeScope=runtime -DexcludeArtifactIds=jazzer -DoutputDirectory="$OUT/lib"
cp fuzz/target/glulam-fuzz-*.jar "$OUT/lib/"
java -Xmx768m -cp "$OUT/lib/*" io.glulam.fuzz.SeedFiles "$OUT/files" "$OUT/seeds"

grep -v '^#' fuzz/targets | while read -r name class share heap length most; do
    [ -d "fuzz/corpus/$name" ] && zip -q -j -r "$OUT/${name}_seed_corpus.zip" "fuzz/corpus/$name"
    [ -d "$OUT/seeds/$name" ] && zip -q -j -r "$OUT/${name}_seed_corpus.zip" "$OUT/seeds/$name"
    cat > "$OUT/$name" <<LAUNCHER
#!/bin/bash
# LLVMFuzzerTestOneInput: OSS-Fuzz finds fuzz targets by this word.
here=\$(dirname "\$0")
libraries=\$(printf '%s:' "\$here"/lib/*.jar)
LD_LIBRARY_PATH="$JVM_LD_LIBRARY_PATH:\$here" "\$here/jazzer_driver" --agent_path="\$here/jazzer_agent_deploy.jar" \\
    --cp="\$libraries" --target_class=$class --instrumentation_includes='io.glulam.**' \\
    --instrumentation_excludes='io.glulam.testkit.**:io.glulam.fuzz.**' \\
    --jvm_args="-Xmx${heap}m:-Dglulam.fuzz.files=\$here/files" -max_len=$length "\$@"
LAUNCHER
    chmod +x "$OUT/$name"
done
