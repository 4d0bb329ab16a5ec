"""One file per resource of the widget's API; each enters its routes into the table."""
