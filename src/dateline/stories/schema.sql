-- What comparing reports gives. Drawn anew from the store by `dateline story`, but for `undone`, which people write.

CREATE TABLE IF NOT EXISTS copies (
  report TEXT NOT NULL, original TEXT NOT NULL, kind TEXT NOT NULL,  -- exact, near, cut, rewritten, merged, version
  contained REAL NOT NULL,      -- share of the shorter text's five-word runs that stand in the other
  longest INTEGER NOT NULL,     -- words in the longest run they share
  PRIMARY KEY (report, original)
);
CREATE INDEX IF NOT EXISTS copies_original ON copies (original);

CREATE TABLE IF NOT EXISTS stories (report TEXT PRIMARY KEY, story TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS stories_story ON stories (story);

CREATE TABLE IF NOT EXISTS joins (
  a TEXT NOT NULL, b TEXT NOT NULL, reason TEXT NOT NULL, says TEXT NOT NULL,
  PRIMARY KEY (a, b, reason)
);

CREATE TABLE IF NOT EXISTS undone (a TEXT NOT NULL, b TEXT NOT NULL, who TEXT NOT NULL, PRIMARY KEY (a, b));
