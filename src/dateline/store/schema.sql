-- The store: one file, every record with its evidence, and what is needed to search it.
-- Plain SQL on purpose, so that another engine can hold the same tables; full-text search stands in a file of its own.
-- Spans are code points [first, last) of reports.text; days are ISO text, so that they sort.

CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS reports (
  n INTEGER PRIMARY KEY,        -- in order of arrival; search refers to it
  id TEXT NOT NULL UNIQUE,
  read_from TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  coded_by TEXT NOT NULL,       -- version, codebook and model: a change of one means coding anew
  language TEXT, headline TEXT, byline TEXT, section TEXT, agency TEXT, outlet TEXT, url TEXT,
  published TEXT, updated TEXT, dateline_place TEXT,
  -- What is long stands last, so that the fields above are read without it.
  text TEXT NOT NULL,           -- canonical text
  record BLOB NOT NULL,         -- the whole record as JSON, deflated: the contract; the tables below are drawn from it
  raw BLOB                      -- bytes as received, deflated; null when they are the UTF-8 of text
);
CREATE INDEX IF NOT EXISTS reports_text ON reports (text_sha256);
CREATE INDEX IF NOT EXISTS reports_published ON reports (published);

CREATE TABLE IF NOT EXISTS rejected (
  read_from TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (read_from, stage)
);

CREATE TABLE IF NOT EXISTS statements (
  n INTEGER PRIMARY KEY,
  report TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
  speaker TEXT, speaker_actor TEXT, cue TEXT, content TEXT NOT NULL, quoted TEXT NOT NULL,
  first INTEGER NOT NULL, last INTEGER NOT NULL,
  addressee TEXT, medium TEXT, nested_in TEXT, said_start TEXT, said_end TEXT, said_where TEXT,
  chain TEXT NOT NULL,          -- names from the first speaker to the last link, joined by ' > '
  confidence REAL NOT NULL, rule TEXT NOT NULL,
  UNIQUE (report, id)
);
CREATE INDEX IF NOT EXISTS statements_speaker ON statements (speaker);

CREATE TABLE IF NOT EXISTS events (
  n INTEGER PRIMARY KEY,
  report TEXT NOT NULL, id TEXT NOT NULL, type TEXT, mode TEXT, cameo TEXT, quad INTEGER, intensity REAL,
  status TEXT NOT NULL, reported_as TEXT NOT NULL, trigger_words TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  actors TEXT NOT NULL, recipients TEXT NOT NULL,  -- names joined by '; '
  start_day TEXT, end_day TEXT, when_precision TEXT NOT NULL, when_basis TEXT NOT NULL,
  place TEXT, lat REAL, lon REAL, geonames_id INTEGER, country TEXT,
  confidence REAL NOT NULL, rule TEXT NOT NULL,
  UNIQUE (report, id)
);
CREATE INDEX IF NOT EXISTS events_day ON events (start_day);
CREATE INDEX IF NOT EXISTS events_type ON events (type, status, reported_as);

CREATE TABLE IF NOT EXISTS parties (
  report TEXT NOT NULL, event TEXT NOT NULL, side TEXT NOT NULL, place INTEGER NOT NULL,
  name TEXT NOT NULL, actor TEXT, country TEXT, sector TEXT,
  PRIMARY KEY (report, event, side, place)
);
CREATE INDEX IF NOT EXISTS parties_name ON parties (name);
CREATE INDEX IF NOT EXISTS parties_country ON parties (country, sector);

CREATE TABLE IF NOT EXISTS actors (
  report TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, country TEXT, sector TEXT,
  roles TEXT NOT NULL, mentions INTEGER NOT NULL,
  PRIMARY KEY (report, id)
);
CREATE INDEX IF NOT EXISTS actors_name ON actors (name);

CREATE TABLE IF NOT EXISTS times (
  report TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, words TEXT NOT NULL, type TEXT NOT NULL,
  value TEXT NOT NULL, start_day TEXT, end_day TEXT,
  PRIMARY KEY (report, first, last, type)
);

CREATE TABLE IF NOT EXISTS places (
  report TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, name TEXT NOT NULL,
  lat REAL, lon REAL, geonames_id INTEGER, country TEXT, role TEXT NOT NULL,
  PRIMARY KEY (report, first, last)
);
CREATE INDEX IF NOT EXISTS places_id ON places (geonames_id);

CREATE TABLE IF NOT EXISTS quantities (
  report TEXT NOT NULL, id TEXT NOT NULL, words TEXT NOT NULL, value REAL NOT NULL, op TEXT NOT NULL, low REAL, high REAL,
  unit TEXT, event TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (report, id)
);

CREATE TABLE IF NOT EXISTS origins (
  report TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (report, place)
);

CREATE TABLE IF NOT EXISTS checks (
  report TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, result TEXT NOT NULL, says TEXT NOT NULL,
  PRIMARY KEY (report, place)
);
CREATE INDEX IF NOT EXISTS checks_name ON checks (name, result);
