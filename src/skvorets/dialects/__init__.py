"""How the outside speaks: one package per dialect, each translating its documented words to the core and back."""
