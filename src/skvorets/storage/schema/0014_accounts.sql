-- Accounts: the second factor, invitations by link, the first run, what each person has chosen for himself.

ALTER TABLE portal ADD COLUMN language TEXT NOT NULL DEFAULT '';       -- chosen at the first run, empty = not yet
ALTER TABLE portal ADD COLUMN welcome_hash TEXT NOT NULL DEFAULT '';   -- of the link of the first run, sha256 hex

CREATE TABLE second_factors (
    person_id BIGINT PRIMARY KEY,
    seed TEXT NOT NULL,                            -- random; the key of the codes is derived from it
    begun_at BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL DEFAULT 0,        -- 0 = begun only: not asked for yet
    last_step BIGINT NOT NULL DEFAULT 0            -- of the last code used: each is good once
);

CREATE TABLE recovery_codes (
    person_id BIGINT NOT NULL,
    code_hash TEXT NOT NULL,                       -- keyed digest, hex; the row goes when the code is used
    PRIMARY KEY (person_id, code_hash)
);

CREATE TABLE invitations (
    id AUTO_ID,
    secret_hash TEXT NOT NULL UNIQUE,              -- sha256 of the link's secret, hex
    inviter_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    extranet SMALLINT NOT NULL DEFAULT 0,
    department_id BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);

-- Only people who have changed something have a row.
CREATE TABLE person_settings (
    person_id BIGINT PRIMARY KEY,
    theme TEXT NOT NULL,                           -- system, light, dark
    send_key TEXT NOT NULL,                        -- enter, ctrlEnter
    sound SMALLINT NOT NULL,
    notifications TEXT NOT NULL,                   -- all, mentions, none
    shows_preview SMALLINT NOT NULL                -- of the text, in notifications of the system
);
