"""What a messenger does: the rules. No HTTP, no SQL, no dialect's words (docs: architecture)."""
