SELECT rowid AS number, -rowid AS rank
FROM initiatives_searchindex
WHERE initiatives_searchindex MATCH %s
ORDER BY rowid DESC LIMIT %s
