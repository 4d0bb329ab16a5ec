-- Catalogs of records with typed fields, which stand in sections; and sessions of programs beside those of browsers.

ALTER TABLE sessions ADD COLUMN kind TEXT NOT NULL DEFAULT '';      -- '' = a browser of the messenger, else the door
ALTER TABLE sessions ADD COLUMN app_password_id BIGINT NOT NULL DEFAULT 0;   -- with which it was opened, 0 = the person's own

-- Ids of sections and catalogs are counted, never given again: deleted rows stay.
CREATE TABLE sections (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    icon TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL DEFAULT 0
);
-- Programs of the dialect put their catalogs into section 2.
INSERT INTO sections (id, name, icon, created_at) VALUES (2, 'Данные', 'folder-1', 0);

CREATE TABLE catalogs (
    id BIGINT PRIMARY KEY,                         -- from 11 up; smaller ones are the system's
    word TEXT NOT NULL,                            -- a text that its maker has chosen as the id, or empty
    section_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    icon TEXT NOT NULL,
    fields TEXT NOT NULL,                          -- JSON list, see core/catalog_fields.py
    last_field_id BIGINT NOT NULL DEFAULT 0,
    last_number BIGINT NOT NULL DEFAULT 0,         -- of its records
    priority BIGINT NOT NULL DEFAULT 0,            -- place in the section
    created_at BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX catalogs_by_word ON catalogs (word) WHERE word <> '' AND deleted_at = 0;

CREATE TABLE records (
    catalog_id BIGINT NOT NULL,
    number BIGINT NOT NULL,                        -- its id within the catalog
    title TEXT NOT NULL,
    data TEXT NOT NULL,                            -- JSON object: value by field id
    author_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    deleted_at BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (catalog_id, number)
);
CREATE INDEX records_live ON records (catalog_id, number) WHERE deleted_at = 0;

-- What filters and orders of lists look at. ``cell`` is catalog and field in one number (storage/record_index.py).
-- One row per live record and field that is ordered as a number; an empty value has the least one.
CREATE TABLE record_numbers (
    cell BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    number BIGINT NOT NULL
);
CREATE INDEX record_numbers_by_value ON record_numbers (cell, value, number);
CREATE INDEX record_numbers_of ON record_numbers (cell, number, value);

-- One row per live record and field that is ordered as a text: its beginning in lower case, and all of it when longer.
CREATE TABLE record_texts (
    cell BIGINT NOT NULL,
SQLITE_ONLY     value TEXT NOT NULL,
POSTGRES_ONLY     value TEXT COLLATE "C" NOT NULL,
    whole TEXT NOT NULL,
    number BIGINT NOT NULL
);
CREATE INDEX record_texts_by_value ON record_texts (cell, value, number);
CREATE INDEX record_texts_of ON record_texts (cell, number);

-- One row per chosen option, linked person or linked record.
CREATE TABLE record_choices (
    cell BIGINT NOT NULL,
    value BIGINT NOT NULL,
    number BIGINT NOT NULL
);
CREATE INDEX record_choices_by_value ON record_choices (cell, value, number);
CREATE INDEX record_choices_of ON record_choices (cell, number);

-- What happened to records: the newest first, of one record or of all.
CREATE TABLE record_history (
    id AUTO_ID,
    catalog_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,                           -- of the record at that time
    kind TEXT NOT NULL,                            -- created, changed, deleted
    changes TEXT NOT NULL,                         -- JSON object: old and new value by field id
    person_id BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX record_history_of ON record_history (catalog_id, number, id);
CREATE INDEX record_history_of_catalog ON record_history (catalog_id, id);

-- Uploads under way: announced, then sent. Their rows in ``files`` are marked as deleted until they are complete.
CREATE TABLE record_uploads (
    file_id BIGINT PRIMARY KEY,
    upload_key TEXT NOT NULL UNIQUE,               -- names the place of the upload
    person_id BIGINT NOT NULL,                     -- who uploads
    digest TEXT NOT NULL DEFAULT '',               -- in the blob store; empty = not sent yet
    size BIGINT NOT NULL DEFAULT 0,                -- bytes
    media_type TEXT NOT NULL DEFAULT '',           -- by the content
    width BIGINT NOT NULL DEFAULT 0,               -- of pictures, pixels
    height BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE INDEX record_uploads_by_age ON record_uploads (created_at);

-- Files that values of records name: who sees the record may read them.
CREATE TABLE record_files (
    file_id BIGINT PRIMARY KEY,
    catalog_id BIGINT NOT NULL,
    number BIGINT NOT NULL
);
CREATE INDEX record_files_of ON record_files (catalog_id, number);
