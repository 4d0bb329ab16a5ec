"""How things are kept: the only SQL of the project, one unit of work over two engines (SQLite, PostgreSQL)."""
