-- The words of messages, for the search. Everything here can be made anew from the messages, so it is not part of a
-- backup: see storage/message_search.py. The words are stems (core/stems.py) with a token for the chat and one for the author.

-- Ids of messages are the row ids. The words are split at spaces and nothing else: they hold letters and digits only.
SQLITE_ONLY CREATE VIRTUAL TABLE message_search USING fts5(words, detail=none, columnsize=0, tokenize="ascii tokenchars '@'");
-- Batches of the indexer are segments of the index; they are merged by eight, which halves what merging costs.
SQLITE_ONLY INSERT INTO message_search (message_search, rank) VALUES ('automerge', 8);

POSTGRES_ONLY CREATE TABLE message_search (message_id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
-- What waits for being sorted in is read through by every search: less of it than usual, kB.
POSTGRES_ONLY CREATE INDEX message_search_words ON message_search USING GIN (words) WITH (gin_pending_list_limit = 512);

-- One row once the index was begun.
CREATE TABLE message_search_state (
    below_id BIGINT NOT NULL,                      -- messages with smaller ids are still to be indexed, 0 = none
    version BIGINT NOT NULL                        -- of the rules by which words are made, see core/stems.py
);
