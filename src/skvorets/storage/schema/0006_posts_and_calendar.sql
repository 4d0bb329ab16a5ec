-- Posts of the news feed and events of the calendar. Times are unix milliseconds, 0 = none.

CREATE TABLE posts (
    id AUTO_ID,
    author_id BIGINT NOT NULL,
    title TEXT NOT NULL DEFAULT '',                -- empty: the text's first words stand for it
    text TEXT NOT NULL,
    tag_ids TEXT NOT NULL DEFAULT '[]',            -- JSON list of ids of post_tags
    important SMALLINT NOT NULL DEFAULT 0,
    important_until BIGINT NOT NULL DEFAULT 0,
    is_for_all SMALLINT NOT NULL DEFAULT 0,        -- all employees are among its destinations
    chat_id BIGINT NOT NULL DEFAULT 0,             -- chat of the message that it was made from
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Whom a post is for: UA all employees, U7 a person (its author always), DR3 a department with those below, SG5 a group.
CREATE TABLE post_destinations (
    post_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (post_id, code)
);
CREATE INDEX post_destinations_by_code ON post_destinations (code, post_id);

-- Files that hang on a post: whoever reads it reads them.
CREATE TABLE post_files (
    post_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    PRIMARY KEY (post_id, file_id)
);
CREATE INDEX post_files_by_file ON post_files (file_id, post_id);

CREATE TABLE post_tags (
    id AUTO_ID,
    name TEXT NOT NULL UNIQUE
);

-- Calendars of people (user), groups (group) and of the company (company_calendar, owner 0).
CREATE TABLE calendar_sections (
    id AUTO_ID,
    kind TEXT NOT NULL,
    owner_id BIGINT NOT NULL,
    is_default SMALLINT NOT NULL DEFAULT 1,        -- the one that events go to when none is named
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX calendar_sections_default ON calendar_sections (kind, owner_id) WHERE is_default = 1;

CREATE TABLE calendar_events (
    id AUTO_ID,
    section_id BIGINT NOT NULL,
    kind TEXT NOT NULL,                            -- as in calendar_sections
    owner_id BIGINT NOT NULL,
    created_by BIGINT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL DEFAULT '',
    location TEXT NOT NULL DEFAULT '',
    starts_at BIGINT NOT NULL,                     -- whole days: midnight of the portal's clock on the first day
    ends_at BIGINT NOT NULL,                       -- whole days: midnight of the portal's clock on the last day
    is_whole_day SMALLINT NOT NULL DEFAULT 0,
    starts_zone TEXT NOT NULL DEFAULT '',          -- IANA name, empty = the portal's clock
    ends_zone TEXT NOT NULL DEFAULT '',
    accessibility TEXT NOT NULL DEFAULT 'busy',
    importance TEXT NOT NULL DEFAULT 'normal',
    is_private SMALLINT NOT NULL DEFAULT 0,
    color TEXT NOT NULL DEFAULT '',                -- #rrggbb
    text_color TEXT NOT NULL DEFAULT '',
    is_meeting SMALLINT NOT NULL DEFAULT 0,
    host_id BIGINT NOT NULL DEFAULT 0,             -- 0 = no meeting
    meeting TEXT NOT NULL DEFAULT '{}',            -- JSON object of core.calendar.MeetingRules
    reminders TEXT NOT NULL DEFAULT '[]',          -- JSON list of core.calendar.Reminder
    recurrence TEXT NOT NULL DEFAULT '',           -- JSON object of core.recurrence.Recurrence, empty = happens once
    last_ends_at BIGINT NOT NULL,                  -- when its last occurrence ends
    crm_links TEXT NOT NULL DEFAULT '[]',          -- JSON list of texts as given
    version BIGINT NOT NULL DEFAULT 1,
    chat_id BIGINT NOT NULL DEFAULT 0,             -- chat of the message that it was made from
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX calendar_events_by_owner ON calendar_events (kind, owner_id, last_ends_at);

-- Who takes part in a meeting: H holds it, Q has not answered, Y comes, N does not.
CREATE TABLE calendar_attendees (
    event_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (event_id, person_id)
);
CREATE INDEX calendar_attendees_by_person ON calendar_attendees (person_id, event_id);
