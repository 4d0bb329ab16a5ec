-- Passwords for programs, the pairs with which programs sign their requests, and what may be used once only.

CREATE TABLE app_passwords (
    id AUTO_ID,
    person_id BIGINT NOT NULL,
    name TEXT NOT NULL,                            -- what the person calls the program
    secret_hash TEXT NOT NULL UNIQUE,              -- keyed digest of the password's MD5, hex
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL DEFAULT 0              -- written at most once an hour
);
CREATE INDEX app_passwords_by_person ON app_passwords (person_id);

-- The secret half of a pair is derived from the public one with the portal's secret.
CREATE TABLE access_pairs (
    access_id TEXT PRIMARY KEY,
    person_id BIGINT NOT NULL,
    app_password_id BIGINT NOT NULL,               -- with which the pair was got, 0 = the person's own password
    created_at BIGINT NOT NULL,
    UNIQUE (person_id, app_password_id)
);

CREATE TABLE one_time_keys (
    key_hash TEXT PRIMARY KEY,                     -- sha256, hex
    person_id BIGINT NOT NULL,
    app_password_id BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX one_time_keys_by_expiry ON one_time_keys (expires_at);

-- Signed requests that changed something and must not be sent again by somebody who has seen them.
CREATE TABLE spent_signatures (
    digest TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);
CREATE INDEX spent_signatures_by_expiry ON spent_signatures (expires_at);
