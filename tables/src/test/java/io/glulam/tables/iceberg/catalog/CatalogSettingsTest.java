package io.glulam.tables.iceberg.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void aFileHoldsCatalogsByNameAndACommandsPropertiesGoBefore() throws IOException {
        Path file = Files.writeString(folder.resolve("catalogs.properties"), """
                prod.type=rest
                prod.uri=https://example.com/catalog
                test.type=jdbc
                """);

        CatalogSettings settings = CatalogSettings.read(file, Map.of()).with("prod", List.of("uri=https://other"));

        assertThat(settings.names()).containsExactly("prod", "test");
        assertThat(settings.of("prod")).containsOnly(Map.entry("type", "rest"), Map.entry("uri", "https://other"));
        assertThat(settings.of("none")).isEmpty();
    }

    @Test
    void secretsComeByFileOrEnvironmentOnly() {
        CatalogSettings settings =
                new CatalogSettings(Map.of("my-cat.type", "rest"), Map.of("GLULAM_CATALOG_MY_CAT_TOKEN", "t"));
        assertThat(settings.of("my-cat")).containsEntry("token", "t");
        assertThat(settings.toString()).doesNotContain("rest");
        for (String pair : List.of(
                "token=abc",
                "credential=a:b",
                "jdbc.password=abc",
                "s3.secret-access-key=abc",
                "s3.session-token=abc",
                "header.Authorization=abc",
                "uri=jdbc:postgresql://h/db?user=u&password=abc",
                "uri=https://u:abc@example.com")) {
            assertThatIllegalArgumentException()
                    .as(pair)
                    .isThrownBy(() -> settings.with("my-cat", List.of(pair)))
                    .withMessageContaining("takes no secrets")
                    .withMessageNotContaining("abc");
        }
    }

    @Test
    void catalogsThatAreNotKnownOrNotSafeAreRefused() {
        assertThatThrownBy(() -> Catalogs.open("none", new CatalogSettings(Map.of(), Map.of())))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("there is no catalog");
        assertThatThrownBy(() -> Catalogs.open("h", new CatalogSettings(Map.of("h.type", "hive"), Map.of())))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("hive");
        assertThatThrownBy(() -> Catalogs.open(
                        "h", new CatalogSettings(Map.of("h.type", "hadoop", "h.warehouse", "s3://lake"), Map.of())))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("local disk");
        assertThatThrownBy(() -> Catalogs.open(
                        "g", new CatalogSettings(Map.of("g.type", "rest", "g.rest.auth.type", "sigv4"), Map.of())))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("sigv4");
    }
}
