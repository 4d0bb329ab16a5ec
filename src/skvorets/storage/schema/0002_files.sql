-- Files and folders. They share ids, as in the reference: the children of a folder are files and folders. The bytes lie in
-- the blob store under their digest; rows with the same digest share them.

CREATE TABLE files (
    id AUTO_ID,
    is_folder SMALLINT NOT NULL DEFAULT 0,
    parent_id BIGINT NOT NULL DEFAULT 0,           -- the folder that it lies in, 0 = a root
    root_id BIGINT NOT NULL DEFAULT 0,             -- the root above it, 0 = a root itself
    chat_id BIGINT NOT NULL DEFAULT 0,             -- whose it is: a chat's …
    person_id BIGINT NOT NULL DEFAULT 0,           -- … or a person's
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,                        -- the name as it is compared: one per folder
    digest TEXT NOT NULL DEFAULT '',               -- in the blob store; empty for folders
    size BIGINT NOT NULL DEFAULT 0,                -- bytes
    media_type TEXT NOT NULL DEFAULT '',           -- by the content, never by the name
    width BIGINT NOT NULL DEFAULT 0,               -- of pictures, pixels
    height BIGINT NOT NULL DEFAULT 0,
    author_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    message_id BIGINT NOT NULL DEFAULT 0,          -- the message that shows it, 0 = none (yet)
    deleted_at BIGINT NOT NULL DEFAULT 0,
    deleted_by BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX files_root_of_chat ON files (chat_id) WHERE parent_id = 0 AND chat_id > 0;
CREATE UNIQUE INDEX files_root_of_person ON files (person_id) WHERE parent_id = 0 AND person_id > 0;
CREATE UNIQUE INDEX files_names ON files (parent_id, name_key) WHERE deleted_at = 0 AND parent_id > 0;
CREATE INDEX files_children ON files (parent_id, id) WHERE deleted_at = 0;

-- The root of the chat's files, 0 = none yet; here, too, since every object of a chat says it.
ALTER TABLE chats ADD COLUMN folder_id BIGINT NOT NULL DEFAULT 0;
