"""Push to connected people: follows the event log, encodes once, hands the same bytes to every session."""
