"""One file per documented method."""
