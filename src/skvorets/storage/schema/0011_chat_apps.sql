-- Applications inside the messenger: buttons of bots above the input field, places in the interface, who has opened what.

-- A chat application of a bot: a command that a click puts, sends or calls, or a frame.
CREATE TABLE chat_apps (
    id AUTO_ID,
    bot_id BIGINT NOT NULL,
    application_id BIGINT NOT NULL,
    code TEXT NOT NULL,
    js_method TEXT NOT NULL,                       -- PUT, SEND, CALL, SUPPORT; empty = a frame
    js_param TEXT NOT NULL,
    iframe TEXT NOT NULL,                          -- address, empty = a command
    width INTEGER NOT NULL,                        -- wished sizes of the frame, pixels
    height INTEGER NOT NULL,
    is_popup SMALLINT NOT NULL,                    -- a window that stays when the dialog is changed
    hash TEXT NOT NULL,                            -- the application's own word, with which addresses are signed
    icon TEXT NOT NULL,                            -- digest in the blob store or empty
    context TEXT NOT NULL,                         -- all, chat, bot, lines, user, call; with -admin: administrators only
    is_hidden SMALLINT NOT NULL,                   -- no button; opened from keyboards and menus
    for_extranet SMALLINT NOT NULL,
    for_livechat SMALLINT NOT NULL,
    phrases TEXT NOT NULL,                         -- JSON: language -> {title, description, copyright}
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX chat_apps_by_code ON chat_apps (application_id, code);
CREATE INDEX chat_apps_by_bot ON chat_apps (bot_id);

-- An address of an application that opens at a place of the messenger.
CREATE TABLE placements (
    id AUTO_ID,
    application_id BIGINT NOT NULL,
    placement TEXT NOT NULL,                       -- upper case
    handler TEXT NOT NULL,
    title TEXT NOT NULL,                           -- empty = the application's name
    description TEXT NOT NULL,
    group_name TEXT NOT NULL,
    phrases TEXT NOT NULL,                         -- JSON: language -> {title, description, group_name}
    options TEXT NOT NULL,                         -- JSON: what is documented for the place, defaults filled in
    created_at BIGINT NOT NULL
);
CREATE INDEX placements_by_application ON placements (application_id);

-- Who has opened an application once and has told it that he has: the first time is another one (FIRST_RUN).
CREATE TABLE application_guests (
    application_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    PRIMARY KEY (application_id, person_id)
);
