CREATE VIRTUAL TABLE initiatives_searchindex USING fts5(
    text,
    content='initiatives_searchtext',
    content_rowid='number',
    tokenize="unicode61 remove_diacritics 2",
    prefix='2 3'
);
--;
CREATE TRIGGER title_is_searched AFTER INSERT ON initiatives_record
BEGIN
    INSERT INTO initiatives_searchtext (record_id, field, text) VALUES (NEW.id, '', NEW.title);
END;
--;
CREATE TRIGGER new_title_is_searched AFTER UPDATE OF title ON initiatives_record
BEGIN
    UPDATE initiatives_searchtext SET text = NEW.title WHERE record_id = NEW.id AND field = '';
END;
--;
CREATE TRIGGER wording_is_searched AFTER INSERT ON initiatives_wording
BEGIN
    INSERT INTO initiatives_searchtext (record_id, field, text)
    SELECT NEW.record_id, NEW.field, NEW.text
    WHERE NOT EXISTS (
        SELECT 1 FROM initiatives_wording later
        WHERE later.record_id = NEW.record_id
            AND later.field = NEW.field
            AND later.number > NEW.number
    )
    ON CONFLICT (record_id, field) DO UPDATE SET text = excluded.text;
END;
--;
CREATE TRIGGER changed_wording_is_searched AFTER UPDATE OF text ON initiatives_wording
BEGIN
    UPDATE initiatives_searchtext SET text = NEW.text
    WHERE record_id = NEW.record_id AND field = NEW.field AND NOT EXISTS (
        SELECT 1 FROM initiatives_wording later
        WHERE later.record_id = NEW.record_id
            AND later.field = NEW.field
            AND later.number > NEW.number
    );
END;
--;
CREATE TRIGGER removed_wording_is_not_searched AFTER DELETE ON initiatives_wording
BEGIN
    DELETE FROM initiatives_searchtext WHERE record_id = OLD.record_id AND field = OLD.field;
END;
--;
CREATE TRIGGER removed_record_is_not_searched BEFORE DELETE ON initiatives_record
BEGIN
    DELETE FROM initiatives_searchtext WHERE record_id = OLD.id;
END;
--;
CREATE TRIGGER text_is_indexed AFTER INSERT ON initiatives_searchtext
BEGIN
    INSERT INTO initiatives_searchindex (rowid, text) VALUES (NEW.number, NEW.text);
END;
--;
CREATE TRIGGER text_is_not_indexed AFTER DELETE ON initiatives_searchtext
BEGIN
    INSERT INTO initiatives_searchindex (initiatives_searchindex, rowid, text)
    VALUES ('delete', OLD.number, OLD.text);
END;
--;
CREATE TRIGGER text_is_indexed_anew AFTER UPDATE ON initiatives_searchtext
BEGIN
    INSERT INTO initiatives_searchindex (initiatives_searchindex, rowid, text)
    VALUES ('delete', OLD.number, OLD.text);
    INSERT INTO initiatives_searchindex (rowid, text) VALUES (NEW.number, NEW.text);
END;
