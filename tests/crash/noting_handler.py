"""A handler in a process of its own: notes each event in a file before it answers. Arguments: port, file.

The note is with the kernel before the answer leaves, so a kill of this process takes back nothing that was noted.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from urllib.parse import parse_qs

from aiohttp import web


async def serve(port: int, path: str) -> None:
    """Listen until killed."""
    notes = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle(request: web.BaseRequest) -> web.Response:
        form = parse_qs((await request.read()).decode())
        note = {
            "id": request.headers["webhook-id"],
            "attempt": int(request.headers["webhook-attempt"]),
            "event": form["event"][0],
            "text": form.get("data[PARAMS][MESSAGE]", [""])[0],
        }
        os.write(notes, (json.dumps(note) + "\n").encode())
        return web.Response(text="ok")

    runner = web.ServerRunner(web.Server(handle, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
    print("handling", flush=True)  # noqa: T201 — a program
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2]))
