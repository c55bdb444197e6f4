-- Each record once, with the text of it that says the words best. Lower ranks are better; a word
-- in a title counts five ranks more. What is found stands by itself, so that no engine takes each
-- of the allowed records first and looks through all texts for it.
WITH found AS MATERIALIZED (
    __found__
),
per_text AS (
    SELECT record_id, field, rank - CASE field WHEN '' THEN 5 ELSE 0 END AS rank
    FROM found
    JOIN (__allowed__) allowed ON allowed.id = found.record_id
),
best AS (
    SELECT record_id, field, rank,
        row_number() OVER (PARTITION BY record_id ORDER BY rank, field) AS place
    FROM per_text
)
SELECT record_id, field, rank FROM best
WHERE place = 1 ORDER BY rank, record_id LIMIT %s
