-- What people add at the desk. It stands beside the records and never changes them.

CREATE TABLE IF NOT EXISTS users (
  name TEXT PRIMARY KEY, role TEXT NOT NULL,  -- read, review, admin
  password TEXT NOT NULL,                     -- argon2id
  added TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS sessions (
  digest TEXT PRIMARY KEY,  -- SHA-256 of the cookie, so that the file alone lets nobody in
  name TEXT NOT NULL, role TEXT NOT NULL, expires REAL NOT NULL
);

CREATE TABLE IF NOT EXISTS judgements (
  n INTEGER PRIMARY KEY,
  at TEXT NOT NULL, who TEXT NOT NULL,
  report TEXT NOT NULL, section TEXT NOT NULL,           -- events, statements
  verdict TEXT NOT NULL,                                 -- accept, correct, reject, skip, add
  first INTEGER NOT NULL, last INTEGER NOT NULL, words TEXT NOT NULL,  -- the item's own characters when it was judged: it is found again by them
  said TEXT NOT NULL,                                    -- what the machine had said, as JSON
  correction TEXT,                                       -- fields that the person changed, as JSON
  note TEXT,
  bulk INTEGER NOT NULL DEFAULT 0,
  item TEXT,                                             -- where it stands now: the item's id in the record of `coded_by`; null when it vanished
  coded_by TEXT NOT NULL,
  undone TEXT                                            -- when it was taken back
);
CREATE INDEX IF NOT EXISTS judgements_item ON judgements (report, section, item);
CREATE INDEX IF NOT EXISTS judgements_who ON judgements (who, n);

CREATE TABLE IF NOT EXISTS searches (
  n INTEGER PRIMARY KEY, name TEXT NOT NULL, who TEXT NOT NULL, query TEXT NOT NULL, at TEXT NOT NULL
);

-- Lists in their order, without sorting a million rows; facets without reading texts.
CREATE INDEX IF NOT EXISTS events_type_day ON events (type, start_day);
CREATE INDEX IF NOT EXISTS events_country_day ON events (country, start_day);
CREATE INDEX IF NOT EXISTS events_place_day ON events (geonames_id, start_day);
CREATE INDEX IF NOT EXISTS events_type_report ON events (type, report);
CREATE INDEX IF NOT EXISTS events_confidence ON events (confidence);
CREATE INDEX IF NOT EXISTS statements_confidence ON statements (confidence);
CREATE INDEX IF NOT EXISTS reports_facets ON reports (outlet, agency, language, published);
DROP INDEX IF EXISTS events_day_told;  -- the roll-ups took their place
DROP INDEX IF EXISTS events_point;
