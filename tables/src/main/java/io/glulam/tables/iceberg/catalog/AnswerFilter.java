package io.glulam.tables.iceberg.catalog;

import io.glulam.tables.iceberg.files.FileProperties;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;

/**
 * Takes from a REST catalog's answers what is on a list and leaves the rest out: an answer must not name classes to load,
 * ways to authenticate, or addresses that secrets are sent to.
 */
final class AnswerFilter {
    /** The keys that a catalog may answer about itself. */
    private static final Set<String> OF_CATALOG = Set.of("prefix", "namespace-separator", "rest-page-size");

    private AnswerFilter() {}

    /** Returns an answer with what may be taken of it. */
    static RESTResponse filtered(RESTResponse answer) {
        if (answer instanceof ConfigResponse config) {
            ConfigResponse.Builder builder = ConfigResponse.builder().withEndpoints(config.endpoints());
            config.defaults().forEach((key, value) -> {
                if (OF_CATALOG.contains(key)) {
                    builder.withDefault(key, value);
                } else if (FileProperties.FROM_CATALOG.contains(key)) {
                    builder.withDefault(FileProperties.VENDED + key, value);
                }
            });
            config.overrides().forEach((key, value) -> {
                if (OF_CATALOG.contains(key)) {
                    builder.withOverride(key, value);
                } else if (FileProperties.FROM_CATALOG.contains(key)) {
                    builder.withOverride(FileProperties.VENDED + key, value);
                }
            });
            return builder.build();
        }
        if (answer instanceof LoadTableResponse table) {
            return filtered(table);
        }
        return answer;
    }

    private static LoadTableResponse filtered(LoadTableResponse table) {
        TableMetadata metadata = table.tableMetadata();
        LoadTableResponse.Builder builder = LoadTableResponse.builder()
                .withTableMetadata(metadata)
                .addAllCredentials(table.credentials())
                .addConfig(FileProperties.LOCATION, metadata.location())
                .addConfig(FileProperties.FOLDERS, String.join("\n", folders(metadata)));
        table.config().forEach((key, value) -> {
            if (FileProperties.FROM_CATALOG.contains(key)) {
                builder.addConfig(FileProperties.VENDED + key, value);
            } else if (key.equals("token")) {
                builder.addConfig(key, value); // For requests about this table, to the same catalog.
            }
        });
        return builder.build();
    }

    private static Set<String> folders(TableMetadata metadata) {
        Set<String> folders = new LinkedHashSet<>(List.of(metadata.location()));
        Map<String, String> properties = metadata.properties();
        for (String key : List.of(TableProperties.WRITE_DATA_LOCATION, TableProperties.WRITE_METADATA_LOCATION)) {
            String folder = properties.get(key);
            if (folder != null) {
                folders.add(folder);
            }
        }
        return folders;
    }
}
