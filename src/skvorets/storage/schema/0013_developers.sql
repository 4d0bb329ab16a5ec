-- What developers look at: attempts of deliveries, and addresses of ours that keep what is sent to them.

ALTER TABLE deliveries ADD COLUMN attempt_at BIGINT NOT NULL DEFAULT 0;   -- when the last attempt began
ALTER TABLE deliveries ADD COLUMN duration_ms BIGINT NOT NULL DEFAULT 0;  -- how long it took
CREATE INDEX deliveries_of_application ON deliveries (application_id, id);

-- Attempts that were not the last word: the result of an attempt that delivered stands in the delivery itself, so that
-- what arrives at once costs no row here.
CREATE TABLE delivery_attempts (
    delivery_id BIGINT NOT NULL,
    number BIGINT NOT NULL,                        -- counts from 1
    at BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    http_status BIGINT NOT NULL,                   -- 0 = no answer
    failure TEXT NOT NULL,
    answer TEXT NOT NULL,                          -- first characters
    PRIMARY KEY (delivery_id, number)
);

-- Addresses /dev/hook/NAME that keep what is sent to them, so that a first bot needs no server.
CREATE TABLE inspectors (
    id AUTO_ID,
    person_id BIGINT NOT NULL,
    name TEXT NOT NULL UNIQUE,                     -- random: who knows it may send
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX inspectors_of_person ON inspectors (person_id);

CREATE TABLE inspected_requests (
    id AUTO_ID,
    inspector_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    verb TEXT NOT NULL,
    query TEXT NOT NULL,
    headers TEXT NOT NULL,                         -- JSON: pairs of name and value
    body TEXT NOT NULL,                            -- the beginning
    body_size BIGINT NOT NULL                      -- bytes of the whole
);
CREATE INDEX inspected_requests_of ON inspected_requests (inspector_id, id);
