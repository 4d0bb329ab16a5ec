"""Lines between two servers: joining one that lies elsewhere, telling each other what people write.

    joining.py   a line is joined by its code, here or there; pictures and files are fetched
    pairing.py   two servers agree on a secret, each proving that it answers at its address
    events.py    what the core wants to be told goes out as deliveries: stored, retried, in order

What comes in is answered by ``dialects/federation``. See docs/lines.md and docs/adr/0007.
"""
