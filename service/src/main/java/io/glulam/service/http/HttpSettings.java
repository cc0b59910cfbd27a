package io.glulam.service.http;

import io.glulam.service.catalog.TableNames;
import java.util.Set;

/**
 * The settings of the HTTP server.
 *
 * @param hosts names besides localhost under which the server is reached
 * @param anyHost whether it is reached under other names as well: it has tokens then
 * @param tokens that open the API
 * @param hookSecrets one of which webhooks may send instead of a token; none for tokens only
 * @param names of the table whose changes webhooks report
 */
public record HttpSettings(Set<String> hosts, boolean anyHost, Tokens tokens, Tokens hookSecrets, TableNames names) {
    public HttpSettings {
        hosts = Set.copyOf(hosts);
    }
}
