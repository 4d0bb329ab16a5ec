-- Who did what that administrators must be able to look up later. Written in the transaction of its cause.

CREATE TABLE audit_log (
    id AUTO_ID,
    at BIGINT NOT NULL,
    actor_id BIGINT NOT NULL,                      -- the person, 0 = nobody who is known, or the command line
    action TEXT NOT NULL,                          -- core/audit.py lists them
    subject_kind TEXT NOT NULL,                    -- person, chat, department, application, webhook …; empty = nothing
    subject_id BIGINT NOT NULL,                    -- 0 = none
    address TEXT NOT NULL,                         -- the actor's network address, empty = not known
    details TEXT NOT NULL                          -- JSON object: names as they were then, what was changed
);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, id);
CREATE INDEX audit_log_by_action ON audit_log (action, id);
CREATE INDEX audit_log_by_time ON audit_log (at);

-- A password that an administrator has set: who logs in with it chooses another one at once.
ALTER TABLE logins ADD COLUMN one_time SMALLINT NOT NULL DEFAULT 0;

-- Everybody by name, the disabled and outsiders and bots, too.
CREATE INDEX people_by_any_name ON people (last_name, first_name, id);
-- The largest files, and who names a blob.
CREATE INDEX files_by_size ON files (size, id) WHERE deleted_at = 0 AND is_folder = 0;
CREATE INDEX files_by_digest ON files (digest) WHERE digest <> '';
