"""The clock of open lines: what fires the timers of conversations, which are rows of the database."""
