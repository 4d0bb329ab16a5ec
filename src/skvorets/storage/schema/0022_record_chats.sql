-- Conversations about records of catalogs: which chat belongs to which record, and what lists of records tell of it.
-- The counts are kept by every message, so that a list of records never counts messages.

CREATE TABLE record_chats (
    chat_id BIGINT PRIMARY KEY,
    catalog_id BIGINT NOT NULL,                    -- by number, also of system catalogs
    record_id BIGINT NOT NULL,                     -- within the catalog
    message_count BIGINT NOT NULL DEFAULT 0,       -- without deleted ones
    last_id BIGINT NOT NULL DEFAULT 0,             -- the newest message that is not deleted, 0 = none
    last_author_id BIGINT NOT NULL DEFAULT 0,      -- who wrote it, 0 = the system
    other_id BIGINT NOT NULL DEFAULT 0             -- the newest one of anybody else
);
-- Also: two that write the first message of a record at once make one chat.
CREATE UNIQUE INDEX record_chats_by_record ON record_chats (catalog_id, record_id);

-- How far people have read who are no members of such a chat; members' marks are where all members' marks are.
CREATE TABLE record_chat_reads (
    person_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    read_id BIGINT NOT NULL,
    PRIMARY KEY (person_id, chat_id)
);
