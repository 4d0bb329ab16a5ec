"""The index of message texts: kept by a follower of the log, asked by the search methods."""
