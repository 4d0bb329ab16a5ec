"""``skvorets gif``: the company's own collection of GIFs, which ``imbot.Giphy.*`` searches: add, list, remove."""

from __future__ import annotations

import argparse
from pathlib import Path

from skvorets.cli.options import add_store_options, config_from
from skvorets.cli.store import CommandError, run_unit
from skvorets.core import gifs
from skvorets.core.gifs import MAX_BYTES, NewGif, NoTagsError
from skvorets.errors import WrongImageError
from skvorets.storage import gifs as gif_rows


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its actions."""
    parser = subparsers.add_parser("gif", help="the collection of GIFs", description=__doc__)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    add = actions.add_parser("add", help="add files, or give those that are there other tags")
    add.add_argument("file", nargs="+", type=Path, help=f"GIF file of at most {MAX_BYTES // 1024**2} MB")
    add.add_argument("--tags", required=True, help="by which they are found, separated by commas")
    add_store_options(add)
    add.set_defaults(run=run, act=_add)

    show = actions.add_parser("list", help="list the collection")
    add_store_options(show)
    show.set_defaults(run=run, act=_list)

    remove = actions.add_parser("remove", help="take GIFs out of the collection")
    remove.add_argument("id", type=int, nargs="+", help="as in the list")
    add_store_options(remove)
    remove.set_defaults(run=run, act=_remove)


def run(args: argparse.Namespace) -> int:
    """Run the action; its exit code."""
    code: int = args.act(args)
    return code


def _add(args: argparse.Namespace) -> int:
    from skvorets.storage.blobs import FolderBlobs

    blobs = FolderBlobs(config_from(args).blobs_path)
    for path in args.file:
        data = _read(path)
        new = _looked_at(path, data, args.tags)
        # Kept before the row names it: what a refusal leaves behind is wasted space and nothing else.
        blobs.put(data)
        try:
            print(f"{run_unit(args, gifs.add_gif, new)}  {path.name}")
        except NoTagsError:
            raise CommandError("--tags needs a word with letters or digits") from None
    return 0


def _list(args: argparse.Namespace) -> int:
    from skvorets.cli.tables import date_of, print_table

    print_table(
        ("id", "name", "tags", "kB", "pixels", "added"),
        (
            (one.id, one.name, one.tags, -(-one.size // 1024), f"{one.width}x{one.height}", date_of(one.added_at))
            for one in run_unit(args, gif_rows.every)
        ),
    )
    return 0


def _remove(args: argparse.Namespace) -> int:
    for gif_id in args.id:
        run_unit(args, gifs.remove_gif, gif_id)
        print(f"GIF {gif_id} is taken out")
    return 0


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise CommandError(f"{path}: larger than {MAX_BYTES // 1024**2} MB")
    return data


def _looked_at(path: Path, data: bytes, tags: str) -> NewGif:
    """See that the file is a GIF whose first picture can be shown. Raises CommandError."""
    import hashlib

    from skvorets.core.pictures import media_type_of
    from skvorets.media.thumbnails import fit_within, size_of

    try:
        width, height = size_of(data)
        fit_within(data, 1, 1)
    except WrongImageError:
        width, height = 0, 0
    media_type = media_type_of(data)
    if not width or media_type != "image/gif":
        raise CommandError(f"{path}: not a GIF that can be shown")
    return NewGif(hashlib.sha256(data).hexdigest(), path.name, tags, len(data), media_type, width, height)
