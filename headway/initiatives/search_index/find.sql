-- Each record once, with the text of it that says the words best. Lower ranks are better; a word
-- in a title counts five ranks more.
WITH found AS MATERIALIZED (
    __found__
),
-- By itself, so that no engine takes each of the allowed records first and looks through all texts.
per_text AS MATERIALIZED (
    SELECT said.record_id, said.field, found.rank - CASE said.field WHEN '' THEN 5 ELSE 0 END AS rank
    FROM found
    JOIN initiatives_searchtext said ON said.number = found.number
),
best AS (
    SELECT record_id, field, rank,
        row_number() OVER (PARTITION BY record_id ORDER BY rank, field) AS place
    FROM per_text
    JOIN (__allowed__) allowed ON allowed.id = per_text.record_id
)
SELECT record_id, field, rank FROM best
WHERE place = 1 ORDER BY rank, record_id LIMIT %s
