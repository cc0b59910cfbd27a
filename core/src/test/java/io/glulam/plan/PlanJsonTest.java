package io.glulam.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.PlanHash;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    @Test
    void aPlanReadIsThePlanWritten() {
        for (long seed = 0; seed < 500; seed++) {
            Plan plan = Plans.random(new Random(seed));
            assertThat(PlanJson.read("plan", PlanJson.write(plan)))
                    .as("seed %d", seed)
                    .isEqualTo(plan);
        }
    }

    @Test
    void theFormIsWrittenDown() {
        assertThat(new String(PlanJson.write(Plans.empty()), UTF_8))
                .isEqualTo("{\"version\":2,\"source\":{\"name\":\"small.parquet\",\"size\":1000,\"version\":\"v1\"},"
                        + "\"settings\":{\"threshold\":2097152,\"target_bytes\":134217728,\"max_rows\":1048576,"
                        + "\"page_bytes\":1048576,\"page_rows\":20000,\"order\":\"PRESERVE\",\"effort\":\"BALANCED\","
                        + "\"rewrite\":\"FRAGMENTS\",\"codec\":\"DEFAULT\",\"codec_level\":0,"
                        + "\"compatibility\":\"SOURCE\",\"readers\":[],\"verify\":\"STRUCTURE\",\"strict\":false,\"dictionary_cap_bytes\":1048576},"
                        + "\"columns\":[\"a\"],\"row_groups\":1,\"dropped\":[],\"groups\":[{\"keep\":0,"
                        + "\"reason\":\"NOTHING_TO_MERGE_WITH\",\"rows\":10,\"bytes\":700}]}");
    }

    @Test
    void theHashIsThatOfTheForm() {
        assertThat(PlanHash.of(Plans.empty()))
                .isEqualTo("51e8ec55b2ecb0c49e485394a8571280f7ff03eea3e1f38fc35a78fb9dafb9fe");
        assertThat(PlanHash.of(Plans.typical()))
                .isEqualTo(PlanHash.of(Plans.typical()))
                .isNotEqualTo(PlanHash.of(Plans.empty()));
    }

    @Test
    void theHashChangesWithTheSettings() {
        Plan plan = Plans.empty();
        Plan strict = new Plan(
                plan.source(),
                plan.settings().withStrict(true),
                plan.columns(),
                plan.sourceRowGroups(),
                plan.groups(),
                plan.dropped());
        assertThat(PlanHash.of(strict)).isNotEqualTo(PlanHash.of(plan));
    }

    @Test
    void whatIsNoPlanIsRefusedInOneLine() {
        refused("", "not a plan: an object expected in line 1");
        refused("PAR1", "not a plan: Unrecognized token");
        refused("[]", "not a plan: an object expected");
        refused("{}", "not a plan: the field \"version\" expected");
        refused("{\"version\":\"1\"}", "not a plan: a whole number expected");
        refused(typical() + "{}", "not a plan: the end expected");
        refused(typical().replace("\"size\":", "\"sise\":"), "the field \"size\" expected");
        refused(typical().replace("\"keep\":", "\"kept\":"), "\"keep\" or \"merge\" expected");
    }

    @Test
    void claimsThatCannotBeAreRefusedInOneLine() {
        refused(typical().replace("\"row_groups\":56", "\"row_groups\":2147483647"), "56 row groups are planned");
        refused(typical().replace("\"row_groups\":56", "\"row_groups\":99999999999"), "a number from 0 to 2147483647");
        refused(typical().replace("\"size\":83000000", "\"size\":-1"), "a number from 0 to");
        refused(typical().replace("\"size\":83000000", "\"size\":" + "9".repeat(19)), "out of range of long");
        refused(typical().replace("\"size\":83000000", "\"size\":" + "9".repeat(1000)), "Number value length");
        refused(typical().replace("[[0,50]]", "[[0,2147483646]]"), "row group 51 is planned twice");
        refused(typical().replace("[[0,50]]", "[[50,0]]"), "row groups 50 to 0 are not a range");
        refused(typical().replace("[[0,50]]", "[[0,49]]"), "row group 50 is not planned");
        refused(typical().replace("[[0,50]]", "[[0,1073741823],[1073741825,2147483646]]"), "not a plan");
        refused(typical().replace("\"target_bytes\":134217728", "\"target_bytes\":0"), "must be at least 1, not 0");
        refused(typical().replace("[[0,50]]", "[".repeat(100_000)), "not a plan");
        refused(typical().replace("\"kind\"", "\"" + "k".repeat(2_000_000) + "\""), "not a plan: String value length");
    }

    @Test
    void aPlanOfAnotherVersionIsUnsupported() {
        assertThatThrownBy(() -> read("{\"version\":1,\"anything\":[]}"))
                .isInstanceOf(Unsupported.class)
                .hasMessage("p.json: a plan of version 1, but this Glulam reads 2; plan again");
        assertThatThrownBy(() -> read(typical().replace("\"JOIN\"", "\"TELEPORT\\n\"")))
                .isInstanceOf(Unsupported.class)
                .hasMessage("p.json: a plan with the tier TELEPORT?, unknown to this Glulam; plan again");
    }

    @Test
    void aStreamThatFailsIsAFailureOfTheStorage() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("no disk");
            }
        };
        assertThatThrownBy(() -> PlanJson.read("p.json", failing))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("no disk");
    }

    @Test
    void damagedPlansAreReadOrRefusedButNeverBreakTheReader() {
        byte[] sound = PlanJson.write(Plans.typical());
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            byte[] damaged = sound.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = sound[random.nextInt(sound.length)];
            }
            byte[] cut = random.nextBoolean() ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length));
            try {
                PlanText.of(PlanJson.read("p.json", cut));
            } catch (GlulamException e) {
                assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\n");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static String typical() {
        return new String(PlanJson.write(Plans.typical()), UTF_8);
    }

    private static Plan read(String json) {
        return PlanJson.read("p.json", json.getBytes(UTF_8));
    }

    private static void refused(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(CorruptFile.class)
                .hasMessageStartingWith("p.json: not a plan")
                .hasMessageContaining(problem)
                .hasMessageEndingWith("; plan again")
                .message()
                .doesNotContain("\n");
    }
}
