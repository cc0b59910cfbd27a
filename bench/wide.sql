-- The table "wide": 200 columns, as machine-learning features or wide telemetry have them: ten families of twenty kinds,
-- from constant to random, every fourth nullable. ${rows} is replaced by the number of rows.
CREATE MACRO dice(value, number) AS hash(value, number) >> 24; -- The lower bits repeat.

CREATE MACRO family(seed) AS TABLE
SELECT
    range + seed AS rising,
    (range // 100)::INTEGER AS stepped,
    (dice(range, 100 * seed + 1) % 2 = 0) AS flag,
    (dice(range // 20, 100 * seed + 2) % 5)::TINYINT AS class,
    (dice(range, 100 * seed + 3) % 100)::SMALLINT AS percent,
    (dice(range, 100 * seed + 4) % 50000)::INTEGER AS amount,
    (dice(range, 100 * seed + 5) % 9223372036854775807)::BIGINT AS token,
    (dice(range, 100 * seed + 6) % 4000)::INTEGER / 8.0 AS eighths,
    round((dice(range, 100 * seed + 7) % 1000000)::INTEGER / 7.0, 3) AS score,
    ((dice(range, 100 * seed + 8) % 65536)::INTEGER / 65536.0)::FLOAT AS weight,
    sin(range / 500.0 + seed)::FLOAT AS wave,
    if(dice(range, 100 * seed + 9) % 4 = 0, NULL, dice(range, 100 * seed + 10) % 800)::INTEGER AS sparse,
    if(dice(range // 1500, 100 * seed + 11) % 3 > 0, NULL, dice(range, 100 * seed + 12) % 90000)::BIGINT AS patchy,
    NULL::VARCHAR AS missing,
    'v1' AS version,
    format('label-{}', dice(range, 100 * seed + 13) % 12) AS label,
    format('item-{}', dice(range, 100 * seed + 14) % 7000) AS item,
    if(dice(range, 100 * seed + 15) % 10 = 0, NULL, left(md5((range + seed)::VARCHAR), 8)) AS digest,
    DATE '2020-01-01' + (dice(range // 7, 100 * seed + 16) % 2000)::INTEGER AS day,
    ((dice(range, 100 * seed + 17) % 30000)::INTEGER / 100.0)::DECIMAL(9, 2) AS price
FROM range(${rows});

CREATE TABLE wide AS
SELECT
    COLUMNS(a.*) AS 'a_\0', COLUMNS(b.*) AS 'b_\0', COLUMNS(c.*) AS 'c_\0', COLUMNS(d.*) AS 'd_\0',
    COLUMNS(e.*) AS 'e_\0', COLUMNS(f.*) AS 'f_\0', COLUMNS(g.*) AS 'g_\0', COLUMNS(h.*) AS 'h_\0',
    COLUMNS(i.*) AS 'i_\0', COLUMNS(j.*) AS 'j_\0'
FROM family(0) AS a
    POSITIONAL JOIN family(1) AS b POSITIONAL JOIN family(2) AS c POSITIONAL JOIN family(3) AS d
    POSITIONAL JOIN family(4) AS e POSITIONAL JOIN family(5) AS f POSITIONAL JOIN family(6) AS g
    POSITIONAL JOIN family(7) AS h POSITIONAL JOIN family(8) AS i POSITIONAL JOIN family(9) AS j;
