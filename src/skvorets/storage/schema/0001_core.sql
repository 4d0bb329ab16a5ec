-- The tables of the core. Times are unix milliseconds. Flags are 0/1. JSON is text. The migration runner puts in AUTO_ID
-- and COMMIT_ORDER and leaves POSTGRES_ONLY lines out for SQLite, SQLITE_ONLY ones for PostgreSQL. No index on a column that every message changes.

CREATE TABLE portal (
    member_id TEXT NOT NULL,
    secret TEXT NOT NULL
);

-- ---------------------------------------------------------------- the directory

CREATE TABLE people (
    id AUTO_ID,
    kind TEXT NOT NULL,                            -- human, bot, guest, network
    active SMALLINT NOT NULL DEFAULT 1,
    admin SMALLINT NOT NULL DEFAULT 0,
    extranet SMALLINT NOT NULL DEFAULT 0,
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    work_position TEXT NOT NULL DEFAULT '',
    gender TEXT NOT NULL DEFAULT '',               -- M, F or empty
    birthday TEXT NOT NULL DEFAULT '',             -- YYYY-MM-DD or empty
    color TEXT NOT NULL DEFAULT '',                -- chosen colour's name or empty
    avatar TEXT NOT NULL DEFAULT '',               -- digest in the blob store or empty
    email TEXT NOT NULL DEFAULT '',
    www TEXT NOT NULL DEFAULT '',
    work_phone TEXT NOT NULL DEFAULT '',
    personal_mobile TEXT NOT NULL DEFAULT '',
    personal_phone TEXT NOT NULL DEFAULT '',
    inner_phone TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '',               -- chosen status or empty
    idle_since BIGINT NOT NULL DEFAULT 0,
    absent_until BIGINT NOT NULL DEFAULT 0,
    last_seen BIGINT NOT NULL DEFAULT 0,           -- written at most once a minute
    created_at BIGINT NOT NULL
);

CREATE TABLE logins (
    person_id BIGINT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,                    -- lower case
    password_hash TEXT NOT NULL                    -- argon2id
);

-- Attempts to log in that were not successful, per account, address and both; unknown logins are counted alike.
CREATE TABLE login_attempts (
    key TEXT PRIMARY KEY,                          -- digest of what is counted
    failures BIGINT NOT NULL,
    until BIGINT NOT NULL                          -- the count begins anew then
);
CREATE INDEX login_attempts_by_end ON login_attempts (until);

CREATE TABLE departments (
    id AUTO_ID,
    parent_id BIGINT NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    head_id BIGINT NOT NULL DEFAULT 0,
    sort BIGINT NOT NULL DEFAULT 500
);

CREATE TABLE department_people (
    person_id BIGINT NOT NULL,
    department_id BIGINT NOT NULL,
    PRIMARY KEY (person_id, department_id)
);
CREATE INDEX department_people_by_department ON department_people (department_id, person_id);

-- ---------------------------------------------------------------- chats

CREATE TABLE chats (
    id AUTO_ID,
    kind TEXT NOT NULL,                            -- private, group, open, line, notifications
    title TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    color TEXT NOT NULL DEFAULT '',
    avatar TEXT NOT NULL DEFAULT '',
    owner_id BIGINT NOT NULL DEFAULT 0,
    extranet SMALLINT NOT NULL DEFAULT 0,
    is_general SMALLINT NOT NULL DEFAULT 0,        -- the one open chat of all employees
    entity_type TEXT NOT NULL DEFAULT '',
    entity_id TEXT NOT NULL DEFAULT '',
    entity_data_1 TEXT NOT NULL DEFAULT '',
    entity_data_2 TEXT NOT NULL DEFAULT '',
    entity_data_3 TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    member_count BIGINT NOT NULL DEFAULT 0,
    last_seq BIGINT NOT NULL DEFAULT 0,            -- number of the newest message within the chat
    last_message_id BIGINT NOT NULL DEFAULT 0,
    last_message_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX chats_by_entity ON chats (entity_type, entity_id) WHERE entity_type <> '';
CREATE UNIQUE INDEX chats_general ON chats (is_general) WHERE is_general = 1;

-- Two people have at most one private dialog; low_id = high_id is a person's notes to himself.
CREATE TABLE private_chats (
    low_id BIGINT NOT NULL,
    high_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    PRIMARY KEY (low_id, high_id)
);

-- Running numbers of automatic titles ("Mint chat #3"), per colour.
CREATE TABLE title_numbers (
    color TEXT PRIMARY KEY,
    used BIGINT NOT NULL
);

CREATE TABLE members (
    chat_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    is_bot SMALLINT NOT NULL DEFAULT 0,
    manager SMALLINT NOT NULL DEFAULT 0,
    muted SMALLINT NOT NULL DEFAULT 0,
    invited_by BIGINT NOT NULL DEFAULT 0,
    joined_at BIGINT NOT NULL,
    joined_seq BIGINT NOT NULL,                    -- last_seq of the chat at that moment: bots hear what is newer
    first_id BIGINT NOT NULL DEFAULT 0,            -- messages with smaller ids are hidden from this member
    read_seq BIGINT NOT NULL DEFAULT 0,            -- read up to and including this number
    read_id BIGINT NOT NULL DEFAULT 0,             -- the message with that number, 0 = none
    read_at BIGINT NOT NULL DEFAULT 0,
    own_unread BIGINT NOT NULL DEFAULT 0,          -- own messages after read_seq: never counted as unread
    marked_unread SMALLINT NOT NULL DEFAULT 0,     -- the manual mark of the recent list
    pinned_at BIGINT NOT NULL DEFAULT 0,           -- 0 = not pinned
    hidden_seq BIGINT NOT NULL DEFAULT -1,         -- hidden from the recent list while last_seq <= this
    changed_at BIGINT NOT NULL DEFAULT 0,          -- the row was changed other than by reading: pinned, muted, marked …
    PRIMARY KEY (chat_id, person_id)
);
CREATE INDEX members_by_person ON members (person_id, chat_id);
CREATE INDEX members_bots ON members (chat_id) WHERE is_bot = 1;
CREATE INDEX members_special ON members (chat_id, person_id) WHERE manager = 1 OR muted = 1;

-- ---------------------------------------------------------------- messages

CREATE TABLE messages (
    id AUTO_ID,
    chat_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,                           -- 1, 2, 3 … within the chat
    author_id BIGINT NOT NULL,                     -- 0 = system
    created_at BIGINT NOT NULL,
    text TEXT NOT NULL,
    params TEXT,                                   -- JSON object of MessageParams or NULL
    client_id TEXT,                                -- id made by the sender's program: a repeated send is answered, not repeated
    edited_at BIGINT NOT NULL DEFAULT 0,
    deleted_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX messages_by_chat ON messages (chat_id, id);
CREATE UNIQUE INDEX messages_by_client_id ON messages (author_id, client_id) WHERE client_id IS NOT NULL;

-- Numbers of messages that never count as unread: sent without notification, or removed without trace.
CREATE TABLE uncounted_messages (
    chat_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (chat_id, seq)
);

CREATE TABLE likes (
    message_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (message_id, person_id)
);

-- ---------------------------------------------------------------- the event log and its durable readers

CREATE TABLE events (
    id AUTO_ID,
    xid COMMIT_ORDER,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    chat_id BIGINT NOT NULL DEFAULT 0,
    person_id BIGINT NOT NULL DEFAULT 0,           -- the one person who may see it, 0 = the chat's members or nobody
    data TEXT NOT NULL
);
POSTGRES_ONLY CREATE INDEX events_by_order ON events (xid, id);
-- Rare: who may do what has changed. Every process looks for them after each commit; see event_log.newest_authority.
CREATE INDEX events_of_authority ON events (xid, id)
    WHERE kind IN ('application.changed', 'person.changed', 'webhook.changed');

-- One row: up to here the log was pruned, or restored from a copy. Who saw less must load everything anew.
CREATE TABLE log_start (
    event_id BIGINT NOT NULL
);

CREATE TABLE cursors (
    name TEXT PRIMARY KEY,
    xid BIGINT NOT NULL,
    event_id BIGINT NOT NULL
);

-- ---------------------------------------------------------------- applications

CREATE TABLE applications (
    id AUTO_ID,
    kind TEXT NOT NULL,                            -- local (OAuth), webhook (owner of bots registered by CLIENT_ID)
    client_id TEXT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL DEFAULT '',          -- sha256 of the client secret, hex
    name TEXT NOT NULL,
    scopes TEXT NOT NULL DEFAULT '',               -- comma-separated
    handler_url TEXT NOT NULL DEFAULT '',
    install_url TEXT NOT NULL DEFAULT '',
    api_only SMALLINT NOT NULL DEFAULT 1,
    version BIGINT NOT NULL DEFAULT 1,
    active SMALLINT NOT NULL DEFAULT 1,
    installed SMALLINT NOT NULL DEFAULT 0,
    installed_by BIGINT NOT NULL DEFAULT 0,
    installation BIGINT NOT NULL DEFAULT 0,        -- grows at each (re)installation: older tokens and secrets are void
    webhook_id BIGINT NOT NULL DEFAULT 0,          -- for kind webhook: the webhook that registered it first
    limits TEXT NOT NULL DEFAULT '',               -- rate limit profile, empty = the portal's
    delivery TEXT NOT NULL DEFAULT '',             -- delivery policy, empty = the portal's
    created_at BIGINT NOT NULL
);

CREATE TABLE webhooks (
    id AUTO_ID,
    person_id BIGINT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,              -- sha256 of the secret, hex
    title TEXT NOT NULL DEFAULT '',
    scopes TEXT NOT NULL,
    active SMALLINT NOT NULL DEFAULT 1,
    expires_at BIGINT NOT NULL DEFAULT 0,          -- 0 = never
    created_at BIGINT NOT NULL
);

CREATE TABLE oauth_codes (
    code_hash TEXT PRIMARY KEY,
    application_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Refresh tokens that were used. Tokens are signed, not stored; only the spent ones must be remembered.
CREATE TABLE spent_tokens (
    token_hash TEXT PRIMARY KEY,
    spent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX spent_tokens_by_expiry ON spent_tokens (expires_at);

-- Tickets of the push socket that were used; kept until they are too old anyway.
CREATE TABLE spent_tickets (
    nonce TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX spent_tickets_by_expiry ON spent_tickets (expires_at);

CREATE TABLE options (
    application_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,                     -- 0 = of the application itself
    name TEXT NOT NULL,
    value TEXT NOT NULL,                           -- JSON
    PRIMARY KEY (application_id, person_id, name)
);

-- Where an application wants its events: one row per event, address and authority.
CREATE TABLE handlers (
    id AUTO_ID,
    application_id BIGINT NOT NULL,
    event TEXT NOT NULL,                           -- upper case
    url TEXT NOT NULL,
    auth_person_id BIGINT NOT NULL DEFAULT 0,      -- whose authority goes along, 0 = of who caused the event
    is_offline SMALLINT NOT NULL DEFAULT 0,
    connector TEXT NOT NULL DEFAULT '',
    options TEXT NOT NULL DEFAULT '{}',
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX handlers_once ON handlers (application_id, event, url, auth_person_id, is_offline, connector);
CREATE INDEX handlers_by_event ON handlers (event, application_id);

-- ---------------------------------------------------------------- bots and commands

CREATE TABLE bots (
    person_id BIGINT PRIMARY KEY,
    application_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,                            -- ordinary, human, line, supervisor, network
    serves_lines SMALLINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX bots_by_code ON bots (application_id, code);

CREATE TABLE commands (
    id AUTO_ID,
    bot_id BIGINT NOT NULL,
    application_id BIGINT NOT NULL,
    command TEXT NOT NULL,                         -- without the slash
    is_common SMALLINT NOT NULL DEFAULT 0,
    is_hidden SMALLINT NOT NULL DEFAULT 0,
    for_extranet SMALLINT NOT NULL DEFAULT 0,
    phrases TEXT NOT NULL DEFAULT '{}',            -- JSON: language -> {title, params}
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX commands_by_name ON commands (command, bot_id);
CREATE INDEX commands_by_bot ON commands (bot_id);

-- A bot that is not in a chat may answer a common command there until this time.
CREATE TABLE command_permits (
    bot_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (bot_id, chat_id)
);

-- ---------------------------------------------------------------- delivery of events

CREATE TABLE deliveries (
    id AUTO_ID,
    application_id BIGINT NOT NULL,
    handler_id BIGINT NOT NULL,                    -- 0 = the installation address
    target TEXT NOT NULL,                          -- application and address in short; with chat_id it makes the lane:
    chat_id BIGINT NOT NULL DEFAULT 0,             -- deliveries of one lane are sent one after another
    url TEXT NOT NULL,
    event TEXT NOT NULL,                           -- name on the wire
    data TEXT NOT NULL,                            -- JSON: what the dialect needs to build the body, without tokens
    auth_person_id BIGINT NOT NULL DEFAULT 0,
    policy TEXT NOT NULL DEFAULT '',               -- how it is repeated, empty = as the portal's are
    state TEXT NOT NULL,                           -- waiting, sending, delivered, dead
    attempts BIGINT NOT NULL DEFAULT 0,            -- all attempts ever made
    tries BIGINT NOT NULL DEFAULT 0,               -- attempts since it was planned or replayed
    next_at BIGINT NOT NULL,
    queued_at BIGINT NOT NULL,                     -- when it was planned or replayed: its age counts from here
    first_at BIGINT NOT NULL DEFAULT 0,            -- time of the first attempt since then
    created_at BIGINT NOT NULL,                    -- time of the event
    finished_at BIGINT NOT NULL DEFAULT 0,
    http_status BIGINT NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT ''                -- first characters of the handler's answer
);
CREATE INDEX deliveries_open ON deliveries (target, chat_id, id) WHERE finished_at = 0;
CREATE INDEX deliveries_sending ON deliveries (id) WHERE state = 'sending';
CREATE INDEX deliveries_dead ON deliveries (application_id, id) WHERE state = 'dead';
CREATE INDEX deliveries_finished ON deliveries (finished_at) WHERE finished_at > 0;

-- Dead letters after which nothing was delivered in their lane yet: the next event that arrives tells how many are missing.
CREATE TABLE delivery_gaps (
    target TEXT NOT NULL,
    chat_id BIGINT NOT NULL,
    missed BIGINT NOT NULL,
    PRIMARY KEY (target, chat_id)
);

-- Signing keys of events that were replaced; no row = the first key, never replaced.
CREATE TABLE signing_keys (
    application_id BIGINT PRIMARY KEY,
    generation BIGINT NOT NULL,
    replaced_at BIGINT NOT NULL
);

-- Events for handlers that fetch them: kept until the application has taken them.
CREATE TABLE offline_events (
    id AUTO_ID,
    application_id BIGINT NOT NULL,
    event TEXT NOT NULL,                           -- upper case
    connector TEXT NOT NULL DEFAULT '',            -- key of the source: each has a queue of its own
    message_id TEXT NOT NULL,                      -- digest of event and data: a repetition renews the row
    data TEXT NOT NULL,                            -- JSON
    at BIGINT NOT NULL,
    process_id TEXT NOT NULL DEFAULT '',           -- who has fetched it without clearing, empty = nobody
    failed SMALLINT NOT NULL DEFAULT 0             -- the application could not work it off
);
CREATE UNIQUE INDEX offline_events_once ON offline_events (application_id, connector, message_id)
    WHERE process_id = '';
CREATE INDEX offline_events_by_process ON offline_events (application_id, process_id);

-- ---------------------------------------------------------------- tasks

CREATE TABLE tasks (
    id AUTO_ID,
    title TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    responsible_id BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    deadline BIGINT NOT NULL DEFAULT 0,            -- 0 = none
    priority BIGINT NOT NULL DEFAULT 1,
    status BIGINT NOT NULL DEFAULT 2,
    chat_id BIGINT NOT NULL DEFAULT 0,             -- chat of the message that it was made from
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX tasks_by_responsible ON tasks (responsible_id, deadline);
CREATE INDEX tasks_by_creator ON tasks (created_by);
