-- What people have begun to write, one draft per person and chat: it is there in every browser of theirs.

CREATE TABLE drafts (
    person_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    reply_to_id BIGINT NOT NULL,                   -- the message that is answered, 0 = none
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, chat_id)
);
