"""``skvorets relay``: takes an application's events and posts them to a handler that the server cannot reach."""
