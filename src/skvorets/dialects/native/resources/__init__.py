"""The resources of the native API: one file per thing that has an address."""
