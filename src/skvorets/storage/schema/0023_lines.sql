-- Open lines: customers write, a bot answers first, operators take over. See core/lines/__init__.py.

CREATE TABLE lines (
    id AUTO_ID,
    code TEXT NOT NULL UNIQUE,                     -- 32 hex digits: by it others name the line
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    avatar TEXT NOT NULL DEFAULT '',               -- digest in the blob store or empty
    active SMALLINT NOT NULL DEFAULT 1,
    networked SMALLINT NOT NULL DEFAULT 0,         -- may portals join it by its code?
    searchable SMALLINT NOT NULL DEFAULT 0,        -- is it found by its name, too?
    settings TEXT NOT NULL DEFAULT '{}',           -- JSON of core/lines/settings.py
    created_by BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL DEFAULT 0
);

-- Who serves a line, in order: people, and departments with everybody in them.
CREATE TABLE line_queue (
    line_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    person_id BIGINT NOT NULL DEFAULT 0,
    department_id BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (line_id, position)
);

-- What the queue knows of an operator; no row = never asked, not paused.
CREATE TABLE line_operators (
    line_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    offered_at BIGINT NOT NULL DEFAULT 0,          -- when he was offered a conversation last
    paused SMALLINT NOT NULL DEFAULT 0,
    PRIMARY KEY (line_id, person_id)
);

-- One customer of one line: who he is, where he writes, where he is answered.
CREATE TABLE line_clients (
    id AUTO_ID,
    line_id BIGINT NOT NULL,
    connector TEXT NOT NULL,                       -- livechat, network
    person_id BIGINT NOT NULL,                     -- the guest who stands for him
    client_chat_id BIGINT NOT NULL,                -- where he writes, 0 = on another server
    chat_id BIGINT NOT NULL DEFAULT 0,             -- where operators answer, 0 = he has not written yet
    session_id BIGINT NOT NULL DEFAULT 0,          -- his newest session
    external_key TEXT NOT NULL DEFAULT '',         -- network: who he is there
    token_hash TEXT NOT NULL DEFAULT '',           -- livechat: sha256 of his secret, hex
    address TEXT NOT NULL DEFAULT '',              -- network address he came from first
    page_url TEXT NOT NULL DEFAULT '',
    page_title TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    blocked SMALLINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL DEFAULT 0              -- when his window was open last
);
CREATE UNIQUE INDEX line_clients_by_token ON line_clients (token_hash) WHERE token_hash <> '';
CREATE UNIQUE INDEX line_clients_by_key ON line_clients (line_id, connector, external_key) WHERE external_key <> '';
CREATE INDEX line_clients_by_chat ON line_clients (chat_id) WHERE chat_id <> 0;
CREATE INDEX line_clients_by_client_chat ON line_clients (client_chat_id) WHERE client_chat_id <> 0;
CREATE INDEX line_clients_by_person ON line_clients (person_id);

CREATE TABLE line_sessions (
    id AUTO_ID,
    line_id BIGINT NOT NULL,                       -- which serves it now
    first_line_id BIGINT NOT NULL,                 -- to which the customer came
    client_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    status BIGINT NOT NULL DEFAULT 0,              -- see core/lines/sessions.py
    operator_id BIGINT NOT NULL DEFAULT 0,         -- who has taken it, 0 = nobody
    bot_id BIGINT NOT NULL DEFAULT 0,              -- the bot in charge, 0 = none
    first_bot_id BIGINT NOT NULL DEFAULT 0,        -- the bot it began with
    started_at BIGINT NOT NULL,
    queued_at BIGINT NOT NULL DEFAULT 0,           -- when it came to people, 0 = not yet
    taken_at BIGINT NOT NULL DEFAULT 0,
    answered_at BIGINT NOT NULL DEFAULT 0,         -- first answer of an operator
    client_wrote_at BIGINT NOT NULL DEFAULT 0,     -- last time
    operator_wrote_at BIGINT NOT NULL DEFAULT 0,   -- last time
    client_messages BIGINT NOT NULL DEFAULT 0,
    bot_messages BIGINT NOT NULL DEFAULT 0,
    operator_messages BIGINT NOT NULL DEFAULT 0,
    transfers BIGINT NOT NULL DEFAULT 0,
    pinned SMALLINT NOT NULL DEFAULT 0,            -- is not finished by itself
    awaits_vote SMALLINT NOT NULL DEFAULT 0,
    told_of_waiting SMALLINT NOT NULL DEFAULT 0,   -- was the text sent that nobody has answered?
    vote BIGINT NOT NULL DEFAULT 0,                -- 1 to 5, 0 = none
    vote_comment TEXT NOT NULL DEFAULT '',
    closed_at BIGINT NOT NULL DEFAULT 0,
    closed_by BIGINT NOT NULL DEFAULT 0,           -- 0 = by itself
    first_id BIGINT NOT NULL DEFAULT 0             -- the line of the system with which it begins in the operators' chat
);
CREATE INDEX line_sessions_by_chat ON line_sessions (chat_id, id);
CREATE INDEX line_sessions_by_day ON line_sessions (first_line_id, started_at);
CREATE INDEX line_sessions_open ON line_sessions (line_id, id) WHERE closed_at = 0;
CREATE INDEX line_sessions_of_operator ON line_sessions (operator_id, line_id) WHERE closed_at = 0;

-- Who was offered a session: to ask the next one, and to know who may take it.
CREATE TABLE line_offers (
    session_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    offered_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL DEFAULT 0,            -- skipped, timed out or taken by another; 0 = it stands
    PRIMARY KEY (session_id, person_id)
);

-- What is to happen to a session at a time. A row is taken away in the transaction that does it.
CREATE TABLE line_timers (
    session_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                            -- see core/lines/timers.py
    due_at BIGINT NOT NULL,
    PRIMARY KEY (session_id, kind)
);
CREATE INDEX line_timers_by_time ON line_timers (due_at);

-- The same message in both chats.
CREATE TABLE line_message_pairs (
    message_id BIGINT PRIMARY KEY,                 -- where operators answer
    client_message_id BIGINT NOT NULL              -- where the customer writes; negative: number on another server
);
CREATE UNIQUE INDEX line_message_pairs_by_client ON line_message_pairs (client_message_id);

-- Texts that operators use again and again.
CREATE TABLE line_answers (
    id AUTO_ID,
    line_id BIGINT NOT NULL DEFAULT 0,             -- 0 = of all lines
    person_id BIGINT NOT NULL DEFAULT 0,           -- whose own, 0 = everybody's
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX line_answers_by_line ON line_answers (line_id, person_id);
