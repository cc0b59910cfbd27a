-- The table "mixed": orders, written as a table that was compacted once and then appended to: healthy row groups and
-- runs of fragments in turns. ${rows} is replaced by the number of rows.
CREATE MACRO dice(value, number) AS hash(value, number) >> 24; -- The lower bits repeat.

CREATE TABLE mixed AS
WITH ticks AS (SELECT range AS tick FROM range(${rows}))
SELECT
    900000000 + 3 * tick + (hash(tick) % 3)::BIGINT AS order_id,
    DATE '2025-01-01' + (tick // 9000)::INTEGER AS ordered,
    (dice(tick, 1) % 120000)::INTEGER AS customer_id,
    format('SKU-{:06d}', dice(tick, 2) % 15000) AS article,
    (1 + dice(tick, 3) % 9)::SMALLINT AS quantity,
    ((99 + dice(dice(tick, 2) % 15000, 4) % 90000)::INTEGER / 100.0)::DECIMAL(10, 2) AS price,
    if(dice(tick, 5) % 20 = 0, round((dice(tick, 6) % 2000)::INTEGER / 100.0, 2), NULL) AS discount,
    (['card', 'invoice', 'transfer', 'voucher'])[1 + (dice(tick, 7) % 4)::INTEGER] AS payment,
    if(dice(tick, 8) % 15 = 0, format('note {} of order {}', dice(tick, 9) % 40, tick), NULL) AS remark
FROM ticks
ORDER BY tick;
