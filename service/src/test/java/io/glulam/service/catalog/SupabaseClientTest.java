package io.glulam.service.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The stand-in answers Supabase's real client, {@code @supabase/postgrest-js}, as Supabase does. */
@EnabledIfEnvironmentVariable(
        named = "GLULAM_SUPABASE_CLIENT",
        matches = ".+",
        disabledReason = "names a folder into which npm has installed @supabase/postgrest-js; CI does")
class SupabaseClientTest {
    @Test
    void theRealClientTakesItForSupabase() throws Exception {
        Path folder = Path.of(System.getenv("GLULAM_SUPABASE_CLIENT"));
        Path script = folder.resolve("supabase-client.mjs");
        try (InputStream in = getClass().getResourceAsStream("supabase-client.mjs")) {
            Files.write(script, in.readAllBytes());
        }
        try (SupabaseStandIn standIn = SupabaseStandIn.start(SupabaseStandIn.SKETCH)) {
            Process client = new ProcessBuilder(
                            "node",
                            script.toString(),
                            standIn.url(),
                            SupabaseStandIn.SECRET,
                            SupabaseStandIn.SERVICE_ROLE)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(client.waitFor()).as(said).isZero();
            assertThat(said).contains("ok compare-and-set\n").contains("0 wrong");
        }
    }
}
