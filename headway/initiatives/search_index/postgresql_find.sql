-- Each record once, with the text of it that says the words best. Lower ranks are better; a word
-- in a title counts five ranks more.
WITH found AS MATERIALIZED (
    SELECT number, -ts_rank(words, asked, 1) AS rank
    FROM initiatives_searchtext, to_tsquery('simple', headway_fold(%s)) asked
    WHERE words @@ asked
    ORDER BY rank LIMIT %s
),
per_text AS (
    SELECT said.record_id, said.field, found.rank - CASE said.field WHEN '' THEN 5 ELSE 0 END AS rank
    FROM found
    JOIN initiatives_searchtext said ON said.number = found.number
    JOIN (__allowed__) allowed ON allowed.id = said.record_id
),
best AS (
    SELECT record_id, field, rank,
        row_number() OVER (PARTITION BY record_id ORDER BY rank, field) AS place
    FROM per_text
)
SELECT record_id, field, rank FROM best
WHERE place = 1 ORDER BY rank, record_id LIMIT %s
