-- Full-text search for PostgreSQL: the same stemmer as SQLite's, no stop words, accents folded; a GIN index on each column of words.

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_ts_dict WHERE dictname = 'dateline_stem') THEN
    CREATE TEXT SEARCH DICTIONARY dateline_stem (TEMPLATE = snowball, LANGUAGE = porter);
    CREATE TEXT SEARCH CONFIGURATION dateline (COPY = simple);
    ALTER TEXT SEARCH CONFIGURATION dateline ALTER MAPPING FOR asciiword, word, numword WITH dateline_stem;
  END IF;
END $$;

-- Words of letters and digits alone, as SQLite reads them: PostgreSQL's own parser would keep addresses and hyphens together.
-- Of a very long text the beginning is searched: a tsvector holds a megabyte.
CREATE OR REPLACE FUNCTION dateline_words(t text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('dateline', regexp_replace(regexp_replace(normalize(left(coalesce(t, ''), 250000), NFKD),
                     '[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))
$$;

ALTER TABLE reports ADD COLUMN IF NOT EXISTS words tsvector
  GENERATED ALWAYS AS (setweight(dateline_words(headline), 'A') || setweight(dateline_words(text), 'B')) STORED;
ALTER TABLE statements ADD COLUMN IF NOT EXISTS words tsvector
  GENERATED ALWAYS AS (setweight(dateline_words(content), 'A') || setweight(dateline_words(speaker), 'B')) STORED;
CREATE INDEX IF NOT EXISTS reports_words ON reports USING gin (words) WITH (fastupdate = off);
CREATE INDEX IF NOT EXISTS statements_words ON statements USING gin (words) WITH (fastupdate = off);
