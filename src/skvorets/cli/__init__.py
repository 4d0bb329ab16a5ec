"""The commands of ``skvorets``: one module each, with ``register(subparsers)`` and ``run(args) -> exit code``."""
