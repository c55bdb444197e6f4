SELECT said.record_id, said.field, texts.rank
FROM (
    SELECT rowid AS number, rank
    FROM initiatives_searchindex
    WHERE initiatives_searchindex MATCH %s
    ORDER BY rank LIMIT %s
) texts
JOIN initiatives_searchtext said ON said.number = texts.number
