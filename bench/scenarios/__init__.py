"""One file per scenario; `catalogue.py` lists them with their names."""
