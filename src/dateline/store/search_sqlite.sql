-- Full-text search for SQLite: FTS5, stemmed, accents folded. The text itself stays in its own table.

CREATE VIRTUAL TABLE IF NOT EXISTS reports_words USING fts5 (
  headline, text, content='reports', content_rowid='n', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE IF NOT EXISTS statements_words USING fts5 (
  content, speaker, content='statements', content_rowid='n', tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER IF NOT EXISTS reports_added AFTER INSERT ON reports BEGIN
  INSERT INTO reports_words (rowid, headline, text) VALUES (new.n, new.headline, new.text);
END;
CREATE TRIGGER IF NOT EXISTS reports_removed AFTER DELETE ON reports BEGIN
  INSERT INTO reports_words (reports_words, rowid, headline, text) VALUES ('delete', old.n, old.headline, old.text);
END;
CREATE TRIGGER IF NOT EXISTS statements_added AFTER INSERT ON statements BEGIN
  INSERT INTO statements_words (rowid, content, speaker) VALUES (new.n, new.content, new.speaker);
END;
CREATE TRIGGER IF NOT EXISTS statements_removed AFTER DELETE ON statements BEGIN
  INSERT INTO statements_words (statements_words, rowid, content, speaker) VALUES ('delete', old.n, old.content, old.speaker);
END;
