-- What a person is told beside the messages of his chats: mentions, likes, invitations, words of programs.

CREATE TABLE notifications (
    id AUTO_ID,
    person_id BIGINT NOT NULL,                     -- who is told
    author_id BIGINT NOT NULL DEFAULT 0,           -- 0 = the system
    kind SMALLINT NOT NULL,                        -- 1 asks for an answer by buttons, 2 of a person, 4 of the system
    module TEXT NOT NULL,
    event TEXT NOT NULL,                           -- what it is about, within the module
    client_id TEXT NOT NULL DEFAULT '',            -- the program whose tags these are, empty = the server itself
    tag TEXT NOT NULL DEFAULT '',                  -- a newer one with the same tag takes its place
    sub_tag TEXT NOT NULL DEFAULT '',              -- groups notifications so that they can be removed together
    title TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL,
    params TEXT,                                   -- JSON object or NULL
    buttons TEXT,                                  -- JSON list of buttons or NULL
    created_at BIGINT NOT NULL,
    is_read SMALLINT NOT NULL DEFAULT 0
);
CREATE INDEX notifications_by_person ON notifications (person_id, id);
CREATE INDEX notifications_unread ON notifications (person_id, id) WHERE is_read = 0;
CREATE INDEX notifications_to_confirm ON notifications (person_id, id) WHERE kind = 1;
CREATE UNIQUE INDEX notifications_by_tag ON notifications (tag, client_id, module, person_id) WHERE tag <> '';
CREATE INDEX notifications_by_sub_tag ON notifications (sub_tag, client_id, module) WHERE sub_tag <> '';
CREATE INDEX notifications_by_age ON notifications (created_at);

-- Everybody has one chat that stands for his notifications, made with the first one; it holds no messages.
CREATE UNIQUE INDEX chats_of_notifications ON chats (owner_id) WHERE kind = 'notifications';
