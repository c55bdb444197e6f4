INSERT INTO initiatives_searchtext (record_id, field, text)
SELECT id, '', title FROM initiatives_record;
--;
INSERT INTO initiatives_searchtext (record_id, field, text)
SELECT newest.record_id, newest.field, newest.text
FROM initiatives_wording newest
WHERE NOT EXISTS (
    SELECT 1 FROM initiatives_wording later
    WHERE later.record_id = newest.record_id
        AND later.field = newest.field
        AND later.number > newest.number
);
