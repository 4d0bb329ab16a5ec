"""Cards of links in messages: a follower of the event log that fetches pages. Rules: ``core/link_previews.py``."""
