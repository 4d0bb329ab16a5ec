"""What other Skvorets servers call: our lines are joined, messages come in. See docs/lines.md and docs/adr/0007."""
