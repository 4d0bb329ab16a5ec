"""Skvorets: a self-hosted team messenger and bot platform that speaks several documented dialects."""

__version__ = "0.1.0"
