"""One file per resource of the API; each enters its routes into the table of ``registry.py``."""
