-- Browsers that are told of news while no page of ours is open (RFC 8030).

CREATE TABLE web_push_subscriptions (
    id AUTO_ID,
    person_id BIGINT NOT NULL,
    session_id BIGINT NOT NULL,                    -- the browser: logged out = told nothing
    endpoint TEXT NOT NULL,                        -- address at the push service; whoever knows it can send
    digest TEXT NOT NULL UNIQUE,                   -- sha256 of the endpoint: it may be too long for an index
    p256dh TEXT NOT NULL,                          -- the browser's public key, base64url
    auth TEXT NOT NULL,                            -- its secret for encryption, base64url
    created_at BIGINT NOT NULL
);
CREATE INDEX web_push_subscriptions_of ON web_push_subscriptions (person_id);
