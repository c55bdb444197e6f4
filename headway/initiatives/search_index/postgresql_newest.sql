SELECT record_id, field, -number AS rank
FROM initiatives_searchtext
WHERE words @@ to_tsquery('simple', headway_fold(%s))
ORDER BY number DESC LIMIT %s
