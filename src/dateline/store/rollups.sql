-- Roll-ups: how many stand under each value, day, point, tie and pair, so that a page reads thousands of rows where the store holds millions.
-- The writer keeps them in the transaction that writes the reports (rollups.py); nothing in them cannot be counted again from the other tables.

CREATE TABLE IF NOT EXISTS rolled_values (  -- reports, statements, events with one value of one facet; facet 'all': every one
  of TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, many INTEGER NOT NULL,
  PRIMARY KEY (of, facet, value)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rolled_values_many ON rolled_values (of, facet, many);

CREATE TABLE IF NOT EXISTS rolled_days (  -- kind: new, ongoing, background: events that began that day; printed: reports of that day with such an event
  facet TEXT NOT NULL, value TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, many INTEGER NOT NULL,
  PRIMARY KEY (facet, value, day, kind)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS rolled_points (  -- events at a point; an unknown name is '', an unknown number 0
  facet TEXT NOT NULL, value TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, place TEXT NOT NULL, country TEXT NOT NULL,
  geonames_id INTEGER NOT NULL, many INTEGER NOT NULL,
  PRIMARY KEY (facet, value, lat, lon, place, country, geonames_id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS rolled_ties (  -- events by who acts on whom, each a country or else a name; facet 'said': statements by who speaks of whom
  facet TEXT NOT NULL, value TEXT NOT NULL, who TEXT NOT NULL, whom TEXT NOT NULL, quad INTEGER NOT NULL, many INTEGER NOT NULL,
  PRIMARY KEY (facet, value, who, whom, quad)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS rolled_ties_whom ON rolled_ties (facet, value, whom);
CREATE INDEX IF NOT EXISTS rolled_ties_many ON rolled_ties (facet, value, many);

CREATE TABLE IF NOT EXISTS rolled_pairs (  -- actual events between two countries, whichever acted, by the month they began; `one` sorts before `other`
  one TEXT NOT NULL, other TEXT NOT NULL, month TEXT NOT NULL, quad INTEGER NOT NULL, many INTEGER NOT NULL,
  PRIMARY KEY (one, other, month, quad)
) WITHOUT ROWID;
