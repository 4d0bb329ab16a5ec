-- The files that messages of a chat show, by kind and the newest first: lists beside a conversation. The expression is that
-- of storage/files.py, word by word.
CREATE INDEX files_by_kind ON files (parent_id, (CASE WHEN width > 0 THEN 'image' WHEN substr(media_type, 1, 6) IN ('video/', 'audio/') THEN substr(media_type, 1, 5) ELSE 'file' END), id)
    WHERE deleted_at = 0 AND message_id > 0;
