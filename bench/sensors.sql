-- The table "sensors": 240 devices that report in turn. Sorted timestamps with jitter, floats that drift slowly, codes
-- that rarely change, a counter that only rises and columns that are null in stretches or at random. ${rows} is replaced
-- by the number of rows.
CREATE MACRO dice(value, number) AS hash(value, number) >> 24; -- The lower bits repeat.

CREATE TABLE sensors AS
WITH reports AS (
    SELECT range AS report, (range % 240)::INTEGER AS device, range // 240 AS turn FROM range(${rows})
)
SELECT
    TIMESTAMP '2026-01-05 06:00:00' + to_microseconds((250000 * report + hash(report) % 180000)::BIGINT) AS measured,
    device,
    round(18 + device / 40.0 + 6 * sin(turn / 900.0) + (dice(report, 1) % 9)::INTEGER / 20.0, 2)::FLOAT AS temperature,
    if(device % 7 = 0 OR dice(report, 2) % 50 = 0, NULL,
        round(55 + 20 * sin((turn + 31 * device) / 2500.0) + (dice(report, 3) % 100)::INTEGER / 50.0, 1)) AS humidity,
    (101325 + 900 * sin(turn / 4000.0) + (dice(report, 4) % 1000)::INTEGER / 83.0)::FLOAT AS pressure,
    (3600 - turn // 60 % 900 + (dice(report, 5) % 3)::INTEGER)::SMALLINT AS battery_millivolts,
    (1000000 * device + 17 * turn + dice(report, 6) % 17)::BIGINT AS pulses,
    ([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 16, 17, 404])[1 + (dice(report // 9, 7) % 14)::INTEGER]::INTEGER AS status,
    if(dice(turn // 40 * 240 + device, 8) % 12 = 0, dice(report, 9) % 900, NULL)::INTEGER AS fault,
    (dice(device, 10) % 2 = 0 AND dice(turn // 500, 11) % 3 > 0) AS heating,
    format('{}.{}', 2 + turn // 7000, dice(device, 12) % 4) AS firmware
FROM reports
ORDER BY report;
