-- Files as a stream leaves them: 10 columns, about 50 KB in a row group of 2,048 rows.
CREATE VIEW small AS
SELECT
    i AS id,
    TIMESTAMP '2026-01-01' + to_milliseconds(i * 250) AS at,
    (hash(i) % 1000)::INTEGER AS account,
    ['new', 'paid', 'sent', 'returned'][1 + (hash(i + 1) % 4)::INTEGER] AS state,
    (hash(i + 2) % 900) / 100.0 AS price,
    (hash(i + 3) % 100)::SMALLINT AS quantity,
    'item-' || hash(i + 4) % 900 AS item,
    CASE WHEN hash(i + 5) % 10 = 0 THEN NULL ELSE (hash(i + 6) % 200)::DOUBLE / 7 END AS score,
    hash(i + 7) % 2 = 0 AS flagged,
    CASE WHEN hash(i + 8) % 5 = 0 THEN 'note ' || hash(i + 9) % 100 END AS note
FROM range(${rows}) t(i);
