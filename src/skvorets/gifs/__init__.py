"""Where GIFs come from: the company's own collection, or Giphy. What both are: ``core/gifs.py``."""
