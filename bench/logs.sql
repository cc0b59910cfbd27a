-- The table "logs": requests as an access log keeps them. Strings of few and of many values, URLs with shared prefixes,
-- addresses, UUIDs, JSON text, headers as a nested list, a message out of templates. ${rows} is replaced by the number of
-- rows.
CREATE MACRO dice(value, number) AS hash(value, number) >> 24; -- The lower bits repeat.

CREATE TABLE logs AS
WITH requests AS (
    SELECT
        range AS request,
        (dice(range, 1) % 30000)::INTEGER AS client,
        (['catalogue', 'basket', 'account', 'search', 'images'])[1 + (dice(range, 2) % 5)::INTEGER] AS service,
        ([200, 200, 200, 200, 200, 200, 204, 301, 304, 404, 500])[1 + (dice(range, 3) % 11)::INTEGER]::SMALLINT AS status
    FROM range(${rows})
)
SELECT
    TIMESTAMP '2026-09-14 00:00:00' + to_milliseconds((11 * request + hash(request) % 12)::BIGINT) AS at,
    dice(request, 27) % 10 = 0 AS sampled,
    md5(request::VARCHAR)::UUID AS request_id,
    left(md5((request // 4)::VARCHAR || 'trace'), 16) AS trace,
    service,
    format('{}-{:02d}.internal', service, dice(request, 4) % 24) AS host,
    (['DEBUG', 'INFO', 'INFO', 'INFO', 'INFO', 'WARN', 'ERROR'])[1 + (dice(request, 5) % 7)::INTEGER] AS level,
    (['GET', 'GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'])[1 + (dice(request, 6) % 7)::INTEGER] AS method,
    format('https://www.example.org/{}/v2/items/{}?page={}&sort={}', service, dice(request, 7) % 90000,
        dice(request, 8) % 20, (['name', 'price', 'new'])[1 + (dice(request, 9) % 3)::INTEGER]) AS url,
    if(dice(request, 10) % 3 = 0, format('https://www.example.org/{}', dice(request, 11) % 400), NULL) AS referrer,
    format('10.{}.{}.{}', client % 4, client // 4 % 256, client // 1024 % 256) AS address,
    format('Browser/{}.{} (Platform {}; build {})', 90 + dice(client, 12) % 30, dice(client, 13) % 5,
        dice(client, 14) % 4, dice(client, 15) % 12) AS agent,
    status,
    if(status = 304, 0, 300 + dice(request, 16) % 60000)::INTEGER AS sent,
    round((1 + (dice(request, 17) % 1000)::INTEGER) / (0.05 + (dice(request, 18) % 200)::INTEGER), 3) AS milliseconds,
    if(dice(request, 19) % 4 = 0, NULL, format('{{"user":{},"cart":{},"beta":{},"region":"{}"}}', client,
        dice(request, 20) % 12, if(dice(client, 21) % 2 = 0, 'true', 'false'),
        (['north', 'south', 'east', 'west'])[1 + (dice(client, 22) % 4)::INTEGER])) AS details,
    [{'name': (['accept', 'cache-control', 'x-shard', 'x-retry'])[1 + n::INTEGER],
      'value': format('{}', dice(4 * request + n, 23) % 50)} FOR n IN range((dice(request, 24) % 4)::BIGINT)] AS headers,
    format((['finished in {} ms', 'cache miss for item {}', 'queue depth {}', 'retry {}'])
        [1 + (dice(request, 25) % 4)::INTEGER], dice(request, 26) % 3000) AS message
FROM requests
ORDER BY request;
