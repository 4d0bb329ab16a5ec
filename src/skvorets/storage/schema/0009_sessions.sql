-- Browsers in which people are logged in. The cookie's secret is not kept, only its digest.

CREATE TABLE sessions (
    id AUTO_ID,
    secret_hash TEXT NOT NULL UNIQUE,              -- sha256 of the cookie's value, hex
    person_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,                       -- written at most once an hour
    expires_at BIGINT NOT NULL,                    -- moves on with seen_at
    user_agent TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
