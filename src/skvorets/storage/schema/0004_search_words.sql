-- Words by which people (bots, too), chats and departments are found, and the conversations a person found last.
-- A search reads ranges of words, so words are compared by their bytes: SQLite does so anyway.

CREATE TABLE search_words (
    kind SMALLINT NOT NULL,                        -- 1 person, 2 chat, 3 department
SQLITE_ONLY     word TEXT NOT NULL,
POSTGRES_ONLY     word TEXT COLLATE "C" NOT NULL,
    owner_id BIGINT NOT NULL,
    in_name SMALLINT NOT NULL,                     -- 0: only in a person's position or e-mail
    PRIMARY KEY (kind, word, owner_id)
SQLITE_ONLY ) WITHOUT ROWID;
POSTGRES_ONLY );
CREATE INDEX search_words_by_owner ON search_words (kind, owner_id);

-- One row: the way of making words by which all of them were made. None or an older one: they are made anew at the start.
CREATE TABLE search_words_version (
    version BIGINT NOT NULL
);

CREATE TABLE last_searches (
    id AUTO_ID,                                    -- grows: the newest is the greatest
    person_id BIGINT NOT NULL,                     -- who searched
    chat_id BIGINT NOT NULL,                       -- what was found: a chat, or 0 and
    other_id BIGINT NOT NULL                       -- a person to talk to, or 0
);
CREATE UNIQUE INDEX last_searches_once ON last_searches (person_id, chat_id, other_id);
