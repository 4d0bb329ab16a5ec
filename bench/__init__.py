"""Load generator and reference stub for Skvorets: `python -m bench` from the repository's root.

What is measured, how, and how to read the figures: `bench/README.md`.
"""
