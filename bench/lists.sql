-- The table "lists": readings of devices, nearly all of them in lists and in lists of lists, whose repetition levels have
-- to be counted where pages only move. Numbers, short texts, structs, empty and absent lists. ${rows} is replaced by the
-- number of rows.
CREATE MACRO dice(value, number) AS hash(value, number) >> 24; -- The lower bits repeat.

CREATE TABLE lists AS
SELECT
    range AS id,
    (dice(range, 1) % 9000000000)::BIGINT AS token,
    [dice(range * 64 + n, 2) % 100000 / 97.0 FOR n IN range((dice(range, 3) % 12)::BIGINT)] AS readings,
    [(dice(range * 64 + n, 4) % 300)::INTEGER FOR n IN range((1 + dice(range, 5) % 8)::BIGINT)] AS codes,
    [(dice(range * 64 + n, 6) % 2000000000)::INTEGER FOR n IN range(4)] AS corners,
    if(dice(range, 7) % 10 = 0, NULL,
        [format('label-{}', dice(range * 64 + n, 8) % 70000) FOR n IN range((dice(range, 9) % 5)::BIGINT)]) AS labels,
    [[(dice(range * 64 + 8 * n + m, 10) % 1000000)::INTEGER FOR m IN range((dice(range * 8 + n, 11) % 5)::BIGINT)]
        FOR n IN range((dice(range, 12) % 4)::BIGINT)] AS grid,
    [{'item': (dice(range * 64 + n, 13) % 400000)::INTEGER,
      'price': ((dice(range * 64 + n, 14) % 100000) / 100.0)::DECIMAL(9, 2),
      'marks': [(dice(range * 64 + 8 * n + m, 15) % 40)::SMALLINT FOR m IN range((dice(range * 8 + n, 16) % 3)::BIGINT)]}
        FOR n IN range((dice(range, 17) % 4)::BIGINT)] AS basket
FROM range(${rows})
ORDER BY range;
