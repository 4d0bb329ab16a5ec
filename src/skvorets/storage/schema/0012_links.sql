-- What pages say about themselves, for the cards of links in messages; and the company's own collection of GIFs.

-- Kept for a while, so that a link that many send is fetched once. The cards of messages stand in the messages.
CREATE TABLE link_previews (
    id AUTO_ID,
    digest TEXT NOT NULL UNIQUE,                   -- SHA-256 of the address: addresses may be too long for an index
    address TEXT NOT NULL,
    fetched_at BIGINT NOT NULL,
    title TEXT NOT NULL,                           -- empty: there is nothing to show, or the page was not got
    description TEXT NOT NULL,
    picture TEXT NOT NULL,                         -- address, or empty
    width BIGINT NOT NULL,                         -- of the picture, pixels; 0 = not said
    height BIGINT NOT NULL
);
CREATE INDEX link_previews_by_age ON link_previews (fetched_at);

-- The bytes lie in the blob store under their digest.
CREATE TABLE gifs (
    id AUTO_ID,
    digest TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,                            -- of the file that was added, for people
    tags TEXT NOT NULL,                            -- as written, separated by commas
    size BIGINT NOT NULL,                          -- bytes
    width BIGINT NOT NULL,                         -- pixels
    height BIGINT NOT NULL,
    added_at BIGINT NOT NULL
);
-- The words by which a GIF is found, as storage/words.py makes them of its tags.
CREATE TABLE gif_words (
SQLITE_ONLY     word TEXT NOT NULL,
POSTGRES_ONLY     word TEXT COLLATE "C" NOT NULL,
    gif_id BIGINT NOT NULL,
    PRIMARY KEY (word, gif_id)
);
CREATE INDEX gif_words_of ON gif_words (gif_id);
