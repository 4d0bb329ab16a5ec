-- Open lines as bots of the network: people of one portal write to a line of this or of another one.

-- The bots that stand for lines.
CREATE TABLE network_lines (
    bot_id BIGINT PRIMARY KEY,                     -- a person of the kind network
    code TEXT NOT NULL,                            -- the line's, 32 hex digits
    server TEXT NOT NULL DEFAULT '',               -- where the line is: https://other.example; empty = here
    line_id BIGINT NOT NULL DEFAULT 0,             -- 0 = on another server
    joined_by BIGINT NOT NULL,
    joined_at BIGINT NOT NULL,
    gone_at BIGINT NOT NULL DEFAULT 0              -- since when the other server does not know it, 0 = it does
);
CREATE UNIQUE INDEX network_lines_by_code ON network_lines (server, code);

-- The private dialogs of people with those bots.
CREATE TABLE network_dialogs (
    chat_id BIGINT PRIMARY KEY,
    bot_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    client_id BIGINT NOT NULL DEFAULT 0,           -- row of line_clients, 0 = none yet or on another server
    quote_id BIGINT NOT NULL DEFAULT 0,            -- the line's message that is quoted when he answers
    told_at BIGINT NOT NULL DEFAULT 0              -- when the line wrote to him by itself last
);
CREATE INDEX network_dialogs_by_bot ON network_dialogs (bot_id, person_id);

-- What messages are called on the other server.
CREATE TABLE network_messages (
    id AUTO_ID,                                    -- with a minus: the other side in line_message_pairs
    chat_id BIGINT NOT NULL,                       -- ours: of the operators, or the private dialog
    message_id BIGINT NOT NULL DEFAULT 0,          -- ours, 0 = see line_message_pairs
    remote_id BIGINT NOT NULL DEFAULT 0            -- theirs, 0 = it was written here
);
CREATE UNIQUE INDEX network_messages_by_remote ON network_messages (chat_id, remote_id) WHERE remote_id <> 0;
CREATE INDEX network_messages_by_message ON network_messages (message_id) WHERE message_id <> 0;

-- Servers with which secrets were exchanged.
CREATE TABLE network_peers (
    server TEXT PRIMARY KEY,
    secret TEXT NOT NULL,                          -- 64 hex digits: what we sign with
    other_secret TEXT NOT NULL DEFAULT '',         -- accepted, too: the one before, or one that is being agreed on
    paired_at BIGINT NOT NULL
);

-- Exchanges of secrets that we have begun and that the other server has not confirmed yet.
CREATE TABLE network_pairings (
    token TEXT PRIMARY KEY,
    server TEXT NOT NULL,
    half TEXT NOT NULL,                            -- our half of the secret
    begun_at BIGINT NOT NULL
);

-- What was received: numbers used once, and messages, which may come again.
CREATE TABLE network_received (
    server TEXT NOT NULL,
    name TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (server, name)
);
CREATE INDEX network_received_by_time ON network_received (received_at);
