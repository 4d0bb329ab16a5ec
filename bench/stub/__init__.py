"""The reference stub, not a product: the smallest server that does the same durable work.

`im.message.add` over bare ASGI: token -> membership -> group commit into the database -> push to the connected
members -> answer. No rights, no limits, no BB code, no events, no history rules. It shows what Python reaches on this
machine with no product around it, and it is what the product is compared with in the same run.
"""
