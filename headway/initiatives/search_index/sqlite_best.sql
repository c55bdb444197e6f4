SELECT rowid AS number, rank
FROM initiatives_searchindex
WHERE initiatives_searchindex MATCH %s
ORDER BY rank LIMIT %s
