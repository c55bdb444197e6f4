SELECT record_id, field, -ts_rank(words, asked, 1) AS rank
FROM initiatives_searchtext, to_tsquery('simple', headway_fold(%s)) asked
WHERE words @@ asked
ORDER BY rank LIMIT %s
