"""News for browsers while no page of ours is open: follows the event log, encrypts, hands over to push services."""
