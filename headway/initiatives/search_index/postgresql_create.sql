CREATE FUNCTION headway_fold(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(
        -- `lower` of a database without a locale leaves capitals beyond A to Z as they are.
        lower($1),
        'àáâãäåāăąçćčďèéêëēęěğìíîïīıłñńňòóôõöøōőřśšşťùúûüūůűýÿźżž'
        'ÀÁÂÃÄÅĀĂĄÇĆČĎÈÉÊËĒĘĚĞÌÍÎÏĪŁÑŃŇÒÓÔÕÖØŌŐŘŚŠŞŤÙÚÛÜŪŮŰÝŸŹŻŽ',
        'aaaaaaaaacccdeeeeeeegiiiiiilnnnoooooooorssstuuuuuuuyyzzz'
        'aaaaaaaaacccdeeeeeeegiiiiilnnnoooooooorssstuuuuuuuyyzzz'
    )
$$;
--;
ALTER TABLE initiatives_searchtext ADD COLUMN words tsvector
GENERATED ALWAYS AS (
    -- Else "and/or", "hud.gov", "12.5" and "covid-19" were one word each, or a number below zero.
    to_tsvector('simple', translate(headway_fold(text), './@_-:+\', '        '))
) STORED;
--;
CREATE INDEX initiatives_searchindex ON initiatives_searchtext USING gin (words);
--;
CREATE FUNCTION headway_search_title() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO initiatives_searchtext (record_id, field, text) VALUES (NEW.id, '', NEW.title)
    ON CONFLICT (record_id, field) DO UPDATE SET text = excluded.text;
    RETURN NULL;
END $$;
--;
CREATE FUNCTION headway_search_wording() RETURNS trigger LANGUAGE plpgsql AS $$
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
    RETURN NULL;
END $$;
--;
CREATE FUNCTION headway_search_less() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM initiatives_searchtext WHERE record_id = OLD.record_id AND field = OLD.field;
    RETURN NULL;
END $$;
--;
CREATE FUNCTION headway_search_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM initiatives_searchtext WHERE record_id = OLD.id;
    RETURN OLD;
END $$;
--;
CREATE TRIGGER title_is_searched AFTER INSERT OR UPDATE OF title ON initiatives_record
FOR EACH ROW EXECUTE FUNCTION headway_search_title();
--;
CREATE TRIGGER wording_is_searched AFTER INSERT OR UPDATE OF text ON initiatives_wording
FOR EACH ROW EXECUTE FUNCTION headway_search_wording();
--;
CREATE TRIGGER removed_wording_is_not_searched AFTER DELETE ON initiatives_wording
FOR EACH ROW EXECUTE FUNCTION headway_search_less();
--;
CREATE TRIGGER removed_record_is_not_searched BEFORE DELETE ON initiatives_record
FOR EACH ROW EXECUTE FUNCTION headway_search_no_more();
