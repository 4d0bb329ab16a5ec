-- Letters: messages of private dialogs and of chats of entity LETTER, as mail programs list them, in folders by time.
-- A person may have a thousand dialogs: a folder is one range of an index, not a thousand merged ones. What is written to
-- one person has him in the message's own row, so that posting costs no further statement.

ALTER TABLE messages ADD COLUMN to_id BIGINT NOT NULL DEFAULT 0;    -- who gets it; -1 = see letter_recipients, 0 = no letter
UPDATE messages SET to_id = CASE WHEN p.low_id = messages.author_id THEN p.high_id ELSE p.low_id END
    FROM private_chats p WHERE p.chat_id = messages.chat_id AND messages.author_id > 0;
CREATE INDEX messages_incoming ON messages (to_id, created_at, id) WHERE to_id > 0;
CREATE INDEX messages_outgoing ON messages (author_id, created_at, id) WHERE to_id <> 0;

CREATE TABLE letter_recipients (
    message_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,                    -- that of the message
    place BIGINT NOT NULL,                         -- 0, 1, 2 … as they were named
    PRIMARY KEY (message_id, person_id)
);
CREATE INDEX letter_recipients_of ON letter_recipients (person_id, created_at, message_id);

-- What a person has done with a letter; nobody else is affected.
CREATE TABLE letter_marks (
    person_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL DEFAULT 0,
    favorite_at BIGINT NOT NULL DEFAULT 0,
    noted_at BIGINT NOT NULL DEFAULT 0,            -- its notice was put away
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, message_id)
);
CREATE INDEX letter_marks_by_change ON letter_marks (person_id, changed_at);
CREATE INDEX letter_marks_deleted ON letter_marks (person_id, message_id) WHERE deleted_at > 0;
CREATE INDEX letter_marks_favorite ON letter_marks (person_id, message_id) WHERE favorite_at > 0;

-- When a person's row was changed for the last time, 0 = never: programs ask for who has changed.
ALTER TABLE people ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0;
