-- The table "events": web events as a stream of small appends leaves them. A sorted key and time, strings of few and
-- of many values, a nullable double, a decimal and a nested list. ${rows} is replaced by the number of rows.
CREATE TABLE events AS
WITH ticks AS (SELECT range AS tick FROM range(${rows}))
SELECT
    tick AS event_id,
    TIMESTAMP '2026-03-01 00:00:00' + to_milliseconds((40 * tick + hash(tick) % 900)::BIGINT) AS ts,
    (hash(tick, 1) % 200000)::INTEGER AS user_id,
    (['view', 'click', 'scroll', 'search', 'basket', 'order', 'login', 'logout'])[1 + (hash(tick, 2) % 8)::INTEGER]
        AS kind,
    format('/shop/{}/{}', (hash(tick, 3) % 5000), (['list', 'item', 'help'])[1 + (hash(tick, 4) % 3)::INTEGER])
        AS path,
    if(hash(tick, 5) % 10 < 3, NULL, round((hash(tick, 6) % 1000000) / 97.0, 2)) AS amount,
    ((hash(tick, 7) % 100000) / 100.0)::DECIMAL(12, 2) AS price,
    (md5(tick::VARCHAR)::UUID)::VARCHAR AS session,
    (['at', 'br', 'de', 'fr', 'gb', 'in', 'jp', 'us'])[1 + (hash(tick, 8) % 8)::INTEGER] AS country,
    [(hash(tick, 9, n) % 1000)::INTEGER FOR n IN range((hash(tick, 10) % 4)::BIGINT)] AS tags
FROM ticks
ORDER BY tick;
