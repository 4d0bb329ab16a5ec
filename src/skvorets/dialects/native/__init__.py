"""The native API: what the web client needs beyond the documented dialects."""
