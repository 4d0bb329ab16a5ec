"""Open lines: customers write from a web page or another portal, a bot answers first, operators take over.

    the customer's chat ◄──relay.py──► the operators' chat (kind line, entity LINES) ◄── operators, bots, every API
      only he is a member                he, the bot in charge, the operators who were offered the conversation

Both chats are ordinary ones; each message that both sides may see is stored in both, in one unit of work. What is for
operators only (whispers, lines of the system) exists in their chat alone: a customer cannot come upon it.

A *line* is what an administrator configures (``settings.py``, ``lines.py``), a *client* one customer of a line
(``clients.py``), a *session* one conversation (``sessions.py``) with its way through bot, queue and operators
(``queue.py``, ``transfers.py``, ``finishing.py``) and its timers (``timers.py``). Rules: spec
``bitrix24-openlines.md``.
"""
