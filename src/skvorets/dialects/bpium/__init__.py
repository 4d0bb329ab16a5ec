"""The Bpium API v1: records of catalogs and the messages about them. Source: spec ``bpium-messages.md``."""
