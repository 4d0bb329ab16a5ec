-- Applications that take their events themselves instead of having them pushed.

ALTER TABLE applications ADD COLUMN transport TEXT NOT NULL DEFAULT 'push';  -- push, pull

-- Above 0: handed out to the application's reader under this number, and not acknowledged yet (state = sending).
ALTER TABLE deliveries ADD COLUMN pull_offset BIGINT NOT NULL DEFAULT 0;
CREATE INDEX deliveries_handed_out ON deliveries (application_id, pull_offset) WHERE pull_offset > 0;
CREATE INDEX deliveries_open_of_application ON deliveries (application_id, id) WHERE finished_at = 0;

-- The last number that was given to an event handed out; each handing out takes a new one.
CREATE TABLE pull_offsets (
    application_id BIGINT PRIMARY KEY,
    last_offset BIGINT NOT NULL
);
