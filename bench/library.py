"""A company's whole correspondence, for reading: 10,000 chats, 1,000 of them one person's, as many messages as wanted.

Everything is written in bulk and by arithmetic, so that a million messages take seconds and every run has the same.
Messages follow one another through all chats in turn, as they do in life: those of one chat lie far apart on the disk.

    every tenth chat       the reader's: 300 private dialogs, then 700 groups of ten; in two of three he is a few
                           messages behind, all others have read everything
    the rest               groups of nine others
    the last chat          a group of the reader with a long history, read to the end
"""

from __future__ import annotations

from bench.world import LIBRARY_CHATS, LIBRARY_PEOPLE, READERS_CHATS, READERS_DIALOGS
from skvorets.storage.database import Tx

# The long chat has this part of all messages besides.
LONG_PART = 20
# How far back the messages reach; `im.recent.get` shows the chats of thirty days.
SPAN_MS = 20 * 24 * 3600 * 1000
# A step through the chats that visits each once before it comes back: it shares no factor with their number.
STRIDE = 7_919
# The reader has every tenth chat.
EVERY = LIBRARY_CHATS // READERS_CHATS
# The private dialogs are the first of them.
DIALOGS_END = READERS_DIALOGS * EVERY

# Numbers from 0 to $1 - 1.
_N = "WITH RECURSIVE n(i) AS (SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < CAST($1 AS BIGINT) - 1)"
_PEOPLE = f"""
INSERT INTO people (kind, first_name, last_name, work_position, birthday, created_at)
{_N} SELECT 'human', 'Caller ' || i, 'Reader', 'Engineer', '1990-0' || (1 + i % 9) || '-1' || (i % 10), $2 FROM n
"""
_CHATS = f"""
INSERT INTO chats (kind, title, color, owner_id, created_at)
{_N} SELECT CASE WHEN i % {EVERY} = 0 AND i < {DIALOGS_END} THEN 'private' ELSE 'group' END,
       CASE WHEN i % {EVERY} = 0 AND i < {DIALOGS_END} THEN '' ELSE 'Chat ' || i END,
       CASE WHEN i % {EVERY} = 0 AND i < {DIALOGS_END} THEN '' ELSE 'MINT' END,
       CASE WHEN i % {EVERY} = 0 AND i < {DIALOGS_END} THEN 0 ELSE $2 END, CAST($3 AS BIGINT) FROM n
"""
# The k-th companion of chat c ($1 the reader, $3 the first chat): no two private dialogs share one.
_COMPANION = f"""
CAST($1 AS BIGINT) + 1 + CASE WHEN c.kind = 'private' THEN (c.id - CAST($3 AS BIGINT)) / {EVERY}
ELSE ((c.id - CAST($3 AS BIGINT)) * 10 + k.i) % CAST($2 AS BIGINT) END
"""
_NINE = " UNION ALL ".join(f"SELECT {i} AS i" for i in range(9))
_MEMBERS = f"""
INSERT INTO members (chat_id, person_id, joined_at, joined_seq)
SELECT c.id, {_COMPANION}, $4, 0 FROM chats c CROSS JOIN ({_NINE}) k
WHERE c.id >= $3 AND (c.kind <> 'private' OR k.i = 0)
"""
_READER = f"""
INSERT INTO members (chat_id, person_id, joined_at, joined_seq)
SELECT id, CAST($1 AS BIGINT), $3, 0 FROM chats
WHERE id >= $2 AND ((id - $2) % {EVERY} = 0 OR id = $2 + {LIBRARY_CHATS})
"""
_PAIRS = """
INSERT INTO private_chats (low_id, high_id, chat_id) SELECT CAST($1 AS BIGINT), m.person_id, m.chat_id FROM members m
JOIN chats c ON c.id = m.chat_id WHERE m.chat_id >= $2 AND c.kind = 'private' AND m.person_id <> $1
"""
# i * STRIDE % chats is the chat from 0, i / chats the message in it from 0.
_PLACE, _TURN = f"(i * {STRIDE} % {LIBRARY_CHATS})", f"(i / {LIBRARY_CHATS})"
_MESSAGES = f"""
INSERT INTO messages (chat_id, seq, author_id, created_at, text, params)
{_N} SELECT CAST($2 AS BIGINT) + {_PLACE}, {_TURN} + 1, CAST($3 AS BIGINT) +
       CASE WHEN {_PLACE} % {EVERY} = 0 AND {_PLACE} < {DIALOGS_END}
            THEN CASE WHEN {_TURN} % 2 = 0 THEN 1 + {_PLACE} / {EVERY} ELSE 0 END
            ELSE 1 + ({_PLACE} * 10 + {_TURN} % 9) % $4 END,
       CAST($5 AS BIGINT) + {SPAN_MS} * i / $1,
       'A [B]sentence[/B] of the usual length, as people write them to each other at work all day long, in haste',
       CASE WHEN i % 20 = 0 THEN '{{"IS_EDITED":"Y"}}' END FROM n
"""
_LONG = f"""
INSERT INTO messages (chat_id, seq, author_id, created_at, text)
{_N} SELECT CAST($2 AS BIGINT), i + 1, CAST($3 AS BIGINT) + 1 + ({LIBRARY_CHATS} * 10 + i % 9) % $4,
       CAST($5 AS BIGINT) + {SPAN_MS} * i / $1,
       'A sentence of the usual length, as people write them to each other at work all day long, mostly in haste' FROM n
"""
_CLOSE = """
UPDATE chats SET (last_seq, last_message_id, last_message_at, member_count) =
       (SELECT coalesce(max(m.seq), 0), coalesce(max(m.id), 0), coalesce(max(m.created_at), 0),
               (SELECT count(*) FROM members p WHERE p.chat_id = chats.id)
        FROM messages m WHERE m.chat_id = chats.id) WHERE id >= $1
"""
# $1 the first chat, $2 the reader: how far a member has read.
_READ_SEQ = f"""
c.last_seq - CASE WHEN members.person_id = $2 AND (c.id - $1) % {EVERY} = 0 AND (c.id - $1) / {EVERY} % 3 > 0
                  THEN 1 + (c.id - $1) / {EVERY} % 9 ELSE 0 END
"""
_READ = f"""
UPDATE members SET read_at = $3, read_seq = {_READ_SEQ},
       read_id = coalesce((SELECT m.id FROM messages m WHERE m.chat_id = c.id AND m.seq <= {_READ_SEQ}
                           ORDER BY m.id DESC LIMIT 1), 0)
FROM chats c WHERE c.id = members.chat_id AND c.id >= $1
"""
_SILENT = "INSERT INTO uncounted_messages (chat_id, seq) SELECT id, last_seq FROM chats WHERE id >= $1 AND id % 50 = 1"


async def write_library(tx: Tx, reader_id: int, messages: int) -> int:
    """Write everything into a database in which the reader is the last person; the number of the long chat.

    The people written here get the ids after the reader's, the chats those after the last one.
    """
    begin, others = tx.now - SPAN_MS, LIBRARY_PEOPLE
    first: int = await tx.val("SELECT coalesce(max(id), 0) FROM chats") + 1
    long_id = first + LIBRARY_CHATS
    await tx.do(_PEOPLE, others, tx.now)
    await tx.do(_CHATS, LIBRARY_CHATS + 1, reader_id, begin)
    await tx.do(_MEMBERS, reader_id, others, first, begin)
    await tx.do(_READER, reader_id, first, begin)
    await tx.do(_PAIRS, reader_id, first)
    await tx.do(_MESSAGES, messages, first, reader_id, others, begin)
    await tx.do(_LONG, messages // LONG_PART, long_id, reader_id, others, begin)
    await tx.do(_CLOSE, first)
    await tx.do(_READ, first, reader_id, tx.now)
    await tx.do(_SILENT, first)
    if tx.is_postgres:
        await tx.do("ANALYZE")  # autovacuum would do it a minute later
    return long_id
