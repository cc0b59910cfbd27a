package io.glulam.service.settings;

import io.glulam.service.catalog.DataApiKey;
import io.glulam.service.catalog.TableNames;
import io.glulam.service.http.Tokens;
import io.glulam.service.workflow.WorkflowSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a server has to know.
 *
 * @param data folder of the embedded databases
 * @param bucket a folder, or the address of a bucket
 * @param store how the bucket is reached, if it is none of this machine
 * @param ledger address of a Postgres; {@code embedded} for SQLite under {@code data}
 * @param catalog address of a Postgres or a Data API; {@code embedded} for SQLite under {@code data}
 * @param catalogKey opens the Data API; null for none
 * @param names table and columns of the catalog
 * @param address to listen on
 * @param hosts names besides localhost under which the server is reached
 * @param tokens that open the API
 * @param hookSecrets one of which webhooks may send instead of a token
 * @param workflow settings of the workflow
 * @param tables that are served; null for none
 * @param environment variables, which may hold secrets of the tables' catalogs; empty where no tables are served
 */
public record ServiceSettings(
        Path data,
        String bucket,
        StoreSettings store,
        String ledger,
        String catalog,
        @Nullable DataApiKey catalogKey,
        TableNames names,
        InetSocketAddress address,
        Set<String> hosts,
        Tokens tokens,
        Tokens hookSecrets,
        WorkflowSettings workflow,
        @Nullable TablesSettings tables,
        Map<String, String> environment) {
    /** SQLite under the data folder. */
    public static final String EMBEDDED = "embedded";

    public ServiceSettings {
        hosts = Set.copyOf(hosts);
        environment = Map.copyOf(environment);
    }

    /** Says nothing: it holds secrets. */
    @Override
    public String toString() {
        return "ServiceSettings";
    }

    /** Whether only this machine can reach the server. */
    public boolean isLocal() {
        return address.getAddress() != null && address.getAddress().isLoopbackAddress();
    }
}
