-- The table "shoreline": points along digitised shorelines, line after line. Identifiers rise, segments are long runs,
-- coordinates walk (DOUBLE of 6 decimals), depths and distances have few values in a million rows and nearly as many as
-- rows in a fragment: a writer that sees 2,048 rows finds no dictionary worth it. ${rows} is replaced by the number of
-- rows. Coordinates are summed as integers, so that every run gives the same ones.
CREATE MACRO dice(value, number) AS hash(value, number) >> 24; -- The lower bits repeat.

CREATE TABLE shoreline AS
WITH points AS (
    SELECT
        range AS point,
        sum((dice(range, 1) % 400 = 0)::INTEGER) OVER (ORDER BY range) AS line,
        ((dice(range, 2) % 41)::BIGINT - 20) * (1 + (dice(range, 3) % 9)::BIGINT) AS east,
        ((dice(range, 4) % 33)::BIGINT - 14) * (1 + (dice(range, 5) % 7)::BIGINT) AS north
    FROM range(${rows})
),
walk AS (
    SELECT
        *,
        row_number() OVER along AS position,
        (dice(line, 6) % 40000000)::BIGINT - 125000000 + sum(east) OVER along AS longitude,
        (dice(line, 7) % 24000000)::BIGINT + 24000000 + sum(north) OVER along AS latitude,
        sum(abs(east) + abs(north)) OVER along AS travelled
    FROM points
    WINDOW along AS (PARTITION BY line ORDER BY point ROWS UNBOUNDED PRECEDING)
)
SELECT
    40000000 + point AS point_id,
    (7000 + 3 * line)::INTEGER AS segment_id,
    position::INTEGER AS position,
    longitude::BIGINT / 1e6 AS longitude,
    latitude::BIGINT / 1e6 AS latitude,
    (abs(east) + abs(north)) / 10.0 AS step,
    round(travelled::BIGINT / 9.0, 1) AS travelled,
    ((dice(point // 3, 8) % 3000)::BIGINT - 300) / 100.0 AS depth,
    (['sand', 'rock', 'marsh', 'wall', 'gravel', 'unknown'])[1 + (dice(point // 50, 9) % 6)::INTEGER] AS material,
    format('survey-{}', dice(line, 10) % 60) AS survey,
    DATE '1998-05-01' + (dice(line, 11) % 7000)::INTEGER AS surveyed
FROM walk
ORDER BY point;
